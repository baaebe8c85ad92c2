package io.pentameter.ingest.classify;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Finds intent and language of what users ask. What is not sure enough is not said at all. Thread-safe.
 *
 * <p>The models are read on threads of their own; who comes before they are there waits for them.
 */
public final class Classifier {

    /** Version of the default intents. */
    public static final String DEFAULT_VERSION = DefaultIntents.VERSION;

    /** Finds nothing. */
    public static final Classifier OFF = new Classifier(null, null, new Limits(1, 1), ClientIntents.NONE);

    private final @Nullable CompletableFuture<IntentModel> intents;
    private final @Nullable CompletableFuture<Languages> languages;
    private final Limits limits;
    private final ClientIntents clientIntents;

    /**
     * What is said at least.
     *
     * @param intent   least confidence of an intent, 0 to 1
     * @param language least confidence of a language, 0 to 1
     */
    public record Limits(double intent, double language) {

        public Limits {
            requireShare(intent);
            requireShare(language);
        }

        private static void requireShare(double share) {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("a least confidence must be in 0..1: " + share);
            }
        }
    }

    private Classifier(
            @Nullable CompletableFuture<IntentModel> intents,
            @Nullable CompletableFuture<Languages> languages,
            Limits limits,
            ClientIntents clientIntents) {
        this.clientIntents = clientIntents;
        this.intents = intents;
        this.languages = languages;
        this.limits = limits;
    }

    /** Begins to read the models. */
    public static Classifier start(Limits limits) {
        return start(limits, ClientIntents.NONE);
    }

    /** @param clientIntents is told of intents that clients say themselves */
    public static Classifier start(Limits limits, ClientIntents clientIntents) {
        return new Classifier(
                CompletableFuture.supplyAsync(DefaultIntents::model),
                CompletableFuture.supplyAsync(Languages::load),
                limits,
                clientIntents);
    }

    /** Whom to tell of intents that clients say themselves. */
    public ClientIntents clientIntents() {
        return clientIntents;
    }

    /** How well the default intents are told apart, by cross-validation of their own examples: JSON of {@link Training.Quality}. */
    public static String defaultQuality() {
        return DefaultIntents.quality();
    }

    public boolean isOn() {
        return intents != null;
    }

    /**
     * The intent; empty if it is not sure enough.
     *
     * @param own the tenant's own model; absent if it has none
     */
    public Optional<Classified> intent(String text, @Nullable IntentModel own) {
        if (intents == null || text.isBlank()) {
            return Optional.empty();
        }
        IntentModel model = own == null ? intents.join() : own;
        return model.classify(text).filter(found -> found.confidence() >= limits.intent());
    }

    /** The language; empty if it is not sure enough. */
    public Optional<Classified> language(String text) {
        return languages == null || text.isBlank()
                ? Optional.empty()
                : languages
                        .join()
                        .of(text)
                        .filter(found ->
                                found.confidence() >= limits.language() && Languages.isEnough(text, found.label()));
    }

    /** The two letters of ISO 639-1 for what a client says; empty if there are none. */
    public static String languageCode(String tag) {
        return Languages.iso1(tag);
    }
}
