package io.pentameter.ingest.classify;

/** Takes note of intents that clients say themselves, for tenants that want to learn from them. Returns at once. */
public interface ClientIntents {

    /** Nobody wants to. */
    ClientIntents NONE = new ClientIntents() {
        @Override
        public boolean areWantedBy(String tenant) {
            return false;
        }

        @Override
        public void said(String tenant, String text, String intent) {
            // nobody asked
        }
    };

    /** Whether the tenant has asked to learn from them. */
    boolean areWantedBy(String tenant);

    /**
     * Keeps an example, or forgets it where too many wait.
     *
     * @param text what the user asked, redacted
     */
    void said(String tenant, String text, String intent);
}
