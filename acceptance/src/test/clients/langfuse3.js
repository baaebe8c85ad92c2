'use strict';
// Langfuse's SDK 3: runs in pieces to /api/public/ingestion.
const { Langfuse, observeOpenAI } = require('langfuse');
const { story, openai, conversation, main } = require('./lib/scenario');

main(async () => {
  const langfuse = new Langfuse();
  langfuse.on('error', error => console.error('langfuse', error));
  const trace = langfuse.trace({ name: 'conversation', sessionId: story.session, userId: story.user });
  const turn = trace.span({ name: 'turn' });
  const client = observeOpenAI(openai(), { parent: turn });
  await conversation(
    parameters => client.chat.completions.create(parameters),
    async (name, input, work) => {
      const span = turn.span({ name, input });
      const output = await work();
      span.end({ output });
      return output;
    });
  turn.end();
  trace.score({ name: 'helpful', value: 1 });
  await langfuse.shutdownAsync();
  return trace.id.replaceAll('-', '');
});
