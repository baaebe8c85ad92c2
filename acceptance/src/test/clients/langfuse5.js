'use strict';
// Langfuse's SDK 5: OpenTelemetry below, OTLP as JSON to /api/public/otel.
const { NodeSDK } = require('@opentelemetry/sdk-node');
const { LangfuseSpanProcessor } = require('@langfuse/otel');
const { startActiveObservation, propagateAttributes } = require('@langfuse/tracing');
const { observeOpenAI } = require('@langfuse/openai');
const { LangfuseClient } = require('@langfuse/client');
const { story, openai, conversation, main } = require('./lib/scenario');

const sdk = new NodeSDK({ spanProcessors: [new LangfuseSpanProcessor()] });
sdk.start();

main(async () => {
  const client = observeOpenAI(openai());
  const id = await propagateAttributes({ sessionId: story.session, userId: story.user, traceName: 'conversation' }, () =>
    startActiveObservation('conversation', async root => {
      await conversation(
        parameters => client.chat.completions.create(parameters),
        (name, input, work) => startActiveObservation(name, async tool => {
          const output = await work();
          tool.update({ input, output });
          return output;
        }, { asType: 'tool' }));
      return root.traceId;
    }));
  const langfuse = new LangfuseClient();
  langfuse.score.create({ traceId: id, name: 'helpful', value: 1 });
  await langfuse.flush();
  await sdk.shutdown();
  return id;
});
