package io.pentameter.ingest.redact;

import java.util.Locale;

/** What is looked for in texts. The word names it in settings and records, and is the mask: {@code [email]}. */
public enum Detector {
    OPENAI_KEY(true),
    ANTHROPIC_KEY(true),
    AWS_KEY(true),
    GCP_KEY(true),
    GITHUB_TOKEN(true),
    SLACK_TOKEN(true),
    STRIPE_KEY(true),
    LANGFUSE_KEY(true),
    /** Keys of further providers that are known by their prefix. */
    PROVIDER_KEY(true),
    PENTAMETER_KEY(true),
    /** What stands behind a name such as {@code api_key} or {@code password}. */
    LABELLED_SECRET(true),
    BEARER_TOKEN(true),
    PRIVATE_KEY(true),
    JWT(true),
    EMAIL(false),
    PHONE(false),
    CARD(false),
    IBAN(false),
    IP(false),
    SSN(false),
    /** Numbers of persons of other states, with their check digits. */
    NATIONAL_ID(false);

    private final boolean secret;
    private final String word = name().toLowerCase(Locale.ROOT);
    private final String mask = "[" + word + "]";

    Detector(boolean secret) {
        this.secret = secret;
    }

    public String word() {
        return word;
    }

    String mask() {
        return mask;
    }

    /** Whether it finds secrets, as opposed to personal data. */
    boolean isSecret() {
        return secret;
    }
}
