package io.pentameter.stack.demo;

/**
 * A model as the made-up company's providers offer it.
 *
 * @param response             the name that the provider answers with
 * @param firstTokenMillis     median time to the first token
 * @param tokensPerSecond      speed of writing after that
 * @param cachedShare          share of the input that a cache gives on the average
 * @param reasons              whether part of the output is reasoning
 */
record Model(
        String provider,
        String request,
        String response,
        int firstTokenMillis,
        int tokensPerSecond,
        double cachedShare,
        boolean reasons) {

    static final Model GPT_MINI = new Model("openai", "gpt-4o-mini", "gpt-4o-mini-2024-07-18", 320, 95, 0.35, false);
    static final Model GPT_REASONING =
            new Model("openai", "gpt-5-mini", "gpt-5-mini-2025-08-07", 1400, 110, 0.25, true);
    static final Model CLAUDE =
            new Model("anthropic", "claude-sonnet-4-5", "claude-sonnet-4-5-20250929", 780, 70, 0.6, false);
    static final Model GEMINI = new Model("gcp.gemini", "gemini-2.5-flash", "gemini-2.5-flash", 260, 180, 0.1, false);

    /** The company's own model, which no price book knows: its cost is unknown, and not 0. */
    static final Model IN_HOUSE = new Model("acme", "acme-ranker-7b", "acme-ranker-7b", 90, 240, 0.0, false);

    static final Model EMBEDDING =
            new Model("openai", "text-embedding-3-small", "text-embedding-3-small", 60, 1, 0.0, false);
}
