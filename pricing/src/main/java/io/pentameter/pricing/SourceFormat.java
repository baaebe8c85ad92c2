package io.pentameter.pricing;

/** The two formats of price files that are read. */
public enum SourceFormat {
    /** The feed of pydantic/genai-prices, version 2: an array of providers. */
    GENAI("genai-prices"),
    /** LiteLLM's map: an object with a member for each model. */
    LITELLM("litellm");

    private final String word;

    SourceFormat(String word) {
        this.word = word;
    }

    /** In records and in the API. */
    public String word() {
        return word;
    }
}
