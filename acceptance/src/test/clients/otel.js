'use strict';
// @opentelemetry/sdk-node, set up by the environment alone (OTEL_EXPORTER_OTLP_*), and its instrumentation of openai.
const { NodeSDK } = require('@opentelemetry/sdk-node');
const { OpenAIInstrumentation } = require('@opentelemetry/instrumentation-openai');
const { trace } = require('@opentelemetry/api');

const sdk = new NodeSDK({ instrumentations: [new OpenAIInstrumentation({ captureMessageContent: true })] });
sdk.start();
const { story, openai, conversation, main } = require('./lib/scenario');

main(async () => {
  const client = openai();
  const tracer = trace.getTracer('conversation');
  const attributes = { 'session.id': story.session, 'user.id': story.user };
  const id = await tracer.startActiveSpan('conversation', { attributes }, async root => {
    await conversation(
      parameters => client.chat.completions.create(parameters),
      (name, input, work) => tracer.startActiveSpan(`execute_tool ${name}`, {
        attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': name },
      }, async span => { try { return await work(); } finally { span.end(); } }));
    root.end();
    return root.spanContext().traceId;
  });
  await sdk.shutdown();
  return id;
});
