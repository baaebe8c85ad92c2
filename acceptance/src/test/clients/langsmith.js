'use strict';
// LangSmith's SDK: runs to /runs/multipart.
const { Client } = require('langsmith');
const { traceable, getCurrentRunTree } = require('langsmith/traceable');
const { wrapOpenAI } = require('langsmith/wrappers');
const { story, openai, conversation, main } = require('./lib/scenario');

main(async () => {
  const client = new Client();
  const watched = wrapOpenAI(openai(), { client });
  let run;
  const talk = traceable(async question => {
    run = getCurrentRunTree();
    await conversation(
      parameters => watched.chat.completions.create(parameters),
      (name, input, work) => traceable(work, { name, run_type: 'tool', client })(input));
    return 'done';
  }, { name: 'conversation', client, project_name: 'shop', tracingEnabled: true,
    metadata: { session_id: story.session, user_id: story.user } });
  await talk('Where is my order?');
  await client.createFeedback(run.id, 'helpful', { score: 1 });
  await client.awaitPendingTraceBatches();
  return (run.trace_id ?? run.id).replaceAll('-', '');
});
