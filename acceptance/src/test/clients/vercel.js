'use strict';
// Vercel's AI SDK 6 with its own client of OpenAI's protocol; exported by the OpenTelemetry SDK as its environment says.
const { NodeSDK } = require('@opentelemetry/sdk-node');
const { generateText, streamText, stepCountIs, tool } = require('ai');
const { createOpenAI } = require('@ai-sdk/openai');
const { trace } = require('@opentelemetry/api');
const { z } = require('zod');
const { MODEL, story, asks, findOrder, refused, main } = require('./lib/scenario');

const sdk = new NodeSDK();
sdk.start();

main(async () => {
  const model = createOpenAI({ baseURL: `${story.provider}/v1`, apiKey: 'sk-of-nobody' }).chat(MODEL);
  const says = word => ({
    model, messages: asks(word), maxRetries: 0,
    experimental_telemetry: { isEnabled: true, functionId: 'conversation',
      metadata: { sessionId: story.session, userId: story.user } },
  });
  const id = await trace.getTracer('conversation').startActiveSpan('conversation', {
    attributes: { 'session.id': story.session, 'user.id': story.user },
  }, async root => {
    await generateText({ ...says('plain'), temperature: 0.2 });
    for await (const _ of streamText(says('stream')).textStream);
    await generateText({ ...says('tools'), stopWhen: stepCountIs(2),
      tools: { find_order: tool({ description: 'Finds an order by its number.',
        inputSchema: z.object({ number: z.string() }), execute: ({ number }) => findOrder(number) }) } });
    await refused(() => generateText(says('limited')), 429);
    await generateText(says('limited'));
    await refused(() => generateText({ ...says('bad'), temperature: 1.9 }), 400);
    root.end();
    return root.spanContext().traceId;
  });
  await sdk.shutdown();
  return id;
});
