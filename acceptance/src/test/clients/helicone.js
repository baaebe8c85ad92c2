'use strict';
// Helicone's manual logger: one log a call, each with the session in its headers.
const { HeliconeManualLogger } = require('@helicone/helpers');
const { story, openai, conversation, main } = require('./lib/scenario');

main(async () => {
  const client = openai();
  const logger = new HeliconeManualLogger({
    apiKey: process.env.apiKey, loggingEndpoint: process.env.loggingEndpoint,
    headers: { 'Helicone-User-Id': story.user, 'Helicone-Session-Id': story.session,
      'Helicone-Session-Path': '/conversation', 'Helicone-Property-Plan': 'pro' },
  });
  const create = async parameters => {
    if (parameters.stream) {
      const log = logger.logBuilder(parameters);
      const stream = await client.chat.completions.create(parameters);
      for await (const _ of readable(log.toReadableStream(stream)));
      await log.sendLog();
      return undefined;
    }
    const log = logger.logBuilder(parameters);
    try {
      const answer = await client.chat.completions.create(parameters);
      log.setResponse(JSON.stringify(answer));
      return answer;
    } catch (error) {
      log.setError(error);
      throw error;
    } finally {
      await log.sendLog();
    }
  };
  await conversation(create, (name, input, work) =>
    logger.logRequest({ _type: 'tool', toolName: name, input }, async recorder => {
      const output = await work();
      recorder.appendResults(output);
      return output;
    }));
});

async function* readable(stream) {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
