'use strict';
// OpenLLMetry's SDK: an URL and a key.
const { OpenAI } = require('openai');
const traceloop = require('@traceloop/node-server-sdk');
const { trace } = require('@opentelemetry/api');
const { story, openai, conversation, main } = require('./lib/scenario');

traceloop.initialize({
  appName: 'shop', instrumentModules: { openAI: OpenAI },
  silenceInitializationMessage: true, traceloopSyncEnabled: false,
});

main(async () => {
  const client = openai();
  const id = await traceloop.withAssociationProperties({ session_id: story.session, user_id: story.user }, () =>
    traceloop.withWorkflow({ name: 'conversation' }, async () => {
      await conversation(
        parameters => client.chat.completions.create(parameters),
        (name, input, work) => traceloop.withTool({ name }, work));
      return trace.getActiveSpan().spanContext().traceId;
    }));
  await traceloop.forceFlush();
  return id;
});
