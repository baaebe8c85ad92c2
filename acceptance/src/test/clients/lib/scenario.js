'use strict';
// One conversation with a model, the same for every client: what differs is only the SDK that watches it.
// What the provider answers to each case, and the tokens it counts, is in OpenAiProvider.java.
const { OpenAI } = require('openai');

const MODEL = 'gpt-4o-mini';

/** What the story says in the environment. */
const story = {
  provider: needed('PROVIDER_URL'),
  run: needed('RUN'),
  session: needed('SESSION'),
  user: needed('END_USER'),
};

const TOOL = {
  type: 'function',
  function: {
    name: 'find_order',
    description: 'Finds an order by its number.',
    parameters: { type: 'object', properties: { number: { type: 'string' } }, required: ['number'] },
  },
};

function needed(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

/** An unmodified client of the provider that does not try again by itself, so that each call can be seen. */
function openai(more = {}) {
  return new OpenAI({ baseURL: `${story.provider}/v1`, apiKey: 'sk-of-nobody', maxRetries: 0, ...more });
}

/** The question of a case; the run makes it different from those of other clients. */
function asks(word) {
  return [{ role: 'user', content: `case:${word} ${story.run}` }];
}

/** Where the order is found: takes a moment, so that its step has a length. */
async function findOrder(number) {
  await new Promise(resolve => setTimeout(resolve, 40));
  return { number, state: 'on its way' };
}

/**
 * The conversation: an answer, a stream, a tool between two calls, a call that is put off and made again, and one that is
 * refused.
 *
 * @param create (parameters, word) => result of chat.completions.create, a stream where asked for
 * @param tool   (name, input, work) => what work gives; the SDK's way of saying that this is the step of a tool
 */
async function conversation(create, tool) {
  await create({ model: MODEL, messages: asks('plain'), temperature: 0.2 }, 'plain');
  const stream = await create(
    { model: MODEL, messages: asks('stream'), stream: true, stream_options: { include_usage: true } }, 'stream');
  if (stream && stream[Symbol.asyncIterator]) for await (const _ of stream);
  const first = await create({ model: MODEL, messages: asks('tools'), tools: [TOOL] }, 'tools');
  const call = first.choices[0].message;
  const order = await tool('find_order', { number: '4711' }, () => findOrder('4711'));
  await create({
    model: MODEL,
    messages: [...asks('tools'), call, { role: 'tool', tool_call_id: call.tool_calls[0].id, content: JSON.stringify(order) }],
    tools: [TOOL],
  }, 'after');
  await refused(() => create({ model: MODEL, messages: asks('limited') }, 'limited'), 429);
  await create({ model: MODEL, messages: asks('limited') }, 'limited');
  await refused(() => create({ model: MODEL, messages: asks('bad'), temperature: 9 }, 'bad'), 400);
}

async function refused(call, status) {
  try {
    await call();
  } catch (error) {
    if ((error.status ?? error.statusCode) === status) return;
    throw error;
  }
  throw new Error(`the provider should have answered ${status}`);
}

/** Runs a client and tells the story the ids of its traces. */
function main(run) {
  run().then(
    traces => {
      process.stdout.write(`\nTRACES ${JSON.stringify([].concat(traces ?? []))}\n`, () => process.exit(0));
    },
    error => {
      console.error(error);
      process.exit(1);
    });
}

module.exports = { MODEL, TOOL, story, openai, asks, findOrder, conversation, refused, main };
