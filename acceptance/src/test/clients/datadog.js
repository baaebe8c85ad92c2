'use strict';
// Datadog's tracer in agent mode: it takes us for its agent (DD_TRACE_AGENT_URL) and sends no key.
const tracer = require('dd-trace').init({ llmobs: { mlApp: 'shop' } });
const { story, openai, conversation, main } = require('./lib/scenario');

main(async () => {
  const { llmobs } = tracer;
  const client = openai();
  let exported;
  const who = { tags: { user_id: story.user } };
  await llmobs.annotationContext(who, () => llmobs.trace({ kind: 'workflow', name: 'conversation', sessionId: story.session }, async () => {
    exported = llmobs.exportSpan();
    await conversation(
      parameters => client.chat.completions.create(parameters),
      (name, input, work) => llmobs.trace({ kind: 'tool', name }, async () => {
        const output = await work();
        llmobs.annotate({ inputData: input, outputData: output });
        return output;
      }));
  }));
  llmobs.submitEvaluation(exported, { label: 'helpful', metricType: 'score', value: 1, mlApp: 'shop', timestampMs: Date.now() });
  llmobs.flush();
  await new Promise(resolve => setTimeout(resolve, 2500)); // its flush gives nothing to wait for
  return exported.traceId;
});
