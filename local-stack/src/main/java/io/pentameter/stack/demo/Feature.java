package io.pentameter.stack.demo;

import java.util.List;

/** What the made-up company sells, each with the way its requests go and its share of the traffic. */
enum Feature {
    SUPPORT_CHAT("support-chat", "POST /chat", 40, List.of(Model.GPT_MINI, Model.GPT_MINI, Model.CLAUDE), 900, 180),
    CONTRACT_SUMMARY("contract-summary", "POST /summaries", 15, List.of(Model.CLAUDE), 9000, 420),
    CODE_REVIEW("code-review", "POST /reviews", 10, List.of(Model.GPT_REASONING), 5200, 900),
    SEARCH_ANSWERS("search-answers", "GET /answers", 20, List.of(Model.GEMINI, Model.GPT_MINI), 2100, 140),
    INVOICE_FIELDS("invoice-fields", "POST /invoices", 10, List.of(Model.GPT_MINI), 1500, 160),
    LEAD_SCORING("lead-scoring", "POST /leads", 5, List.of(Model.IN_HOUSE), 600, 40);

    private static final int ALL_SHARES = 100;

    private final String word;
    private final String route;
    private final int share;

    @SuppressWarnings("ImmutableEnumChecker") // List.of, of records of words and numbers: it does not change
    private final List<Model> models;

    private final int inputTokens;
    private final int outputTokens;

    Feature(String word, String route, int share, List<Model> models, int inputTokens, int outputTokens) {
        this.word = word;
        this.route = route;
        this.share = share;
        this.models = models;
        this.inputTokens = inputTokens;
        this.outputTokens = outputTokens;
    }

    String word() {
        return word;
    }

    String route() {
        return route;
    }

    List<Model> models() {
        return models;
    }

    /** Median of a call. */
    int inputTokens() {
        return inputTokens;
    }

    /** Median of a call. */
    int outputTokens() {
        return outputTokens;
    }

    /** The feature at a point of the range 0..1, in which each has its share. */
    static Feature at(double point) {
        double left = point * ALL_SHARES;
        for (Feature feature : values()) {
            left -= feature.share;
            if (left < 0) {
                return feature;
            }
        }
        return SUPPORT_CHAT;
    }
}
