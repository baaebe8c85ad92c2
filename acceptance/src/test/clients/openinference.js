'use strict';
// Arize's instrumentation of openai; exported by the OpenTelemetry SDK as its environment says.
const { NodeSDK } = require('@opentelemetry/sdk-node');
const { OpenAIInstrumentation } = require('@arizeai/openinference-instrumentation-openai');
const { trace, context } = require('@opentelemetry/api');
const { setSession, setUser } = require('@arizeai/openinference-core');

const sdk = new NodeSDK({ instrumentations: [new OpenAIInstrumentation()] });
sdk.start();
const { story, openai, conversation, main } = require('./lib/scenario');

main(async () => {
  const client = openai();
  const tracer = trace.getTracer('conversation');
  const kind = (word, more) => ({ attributes: { 'openinference.span.kind': word, ...more } });
  const who = setUser(setSession(context.active(), { sessionId: story.session }), { userId: story.user });
  const owned = { 'session.id': story.session, 'user.id': story.user };
  const id = await context.with(who, () => tracer.startActiveSpan('conversation', kind('CHAIN', owned), async root => {
    await conversation(
      parameters => client.chat.completions.create(parameters),
      (name, input, work) => tracer.startActiveSpan(name, kind('TOOL', { 'tool.name': name, 'input.value': JSON.stringify(input) }),
        async span => { try { return await work(); } finally { span.end(); } }));
    root.end();
    return root.spanContext().traceId;
  }));
  await sdk.shutdown();
  return id;
});
