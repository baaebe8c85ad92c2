package io.pentameter.pricing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Makes a new version of the book of a newer file of either format. Pure: the same file over the same book with the same
 * options gives the same version.
 */
public final class PriceImport {

    /** Share of the models that may be missing from a newer file; with more it is taken for cut off. */
    static final double MAX_REMOVED = 0.2;

    /** Bytes of a file. */
    public static final int MAX_BYTES = 16 << 20;

    private final BookDocument before;
    private final Options options;
    private final String hash;
    private final List<String> added = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();
    private final List<ImportReport.Change> changed = new ArrayList<>();
    private final List<ImportReport.HeldBack> heldBack = new ArrayList<>();
    private final List<ImportReport.Refusal> refused = new ArrayList<>();

    private PriceImport(BookDocument before, PriceFile file, Options options) {
        this.before = before;
        this.options = options;
        this.hash = file.hash();
    }

    /**
     * How to import.
     *
     * @param effectiveFrom from which day on changed prices hold that the source does not date itself
     * @param isCorrection  whether they hold for ever instead: the old ones were wrong
     * @param accepted      ids whose suspicious changes are right
     */
    public record Options(LocalDate effectiveFrom, boolean isCorrection, Set<String> accepted) {

        public Options {
            accepted = Set.copyOf(accepted);
        }
    }

    /** What came of it. */
    public sealed interface Result {

        /** A version, new unless the file changes nothing. */
        record Imported(BookDocument document, ImportReport report) implements Result {}

        /** The file as a whole cannot be used. */
        record Refused(String reason) implements Result {}
    }

    /** Imports a file. */
    public static Result of(BookDocument before, PriceFile file, Options options) {
        if (file.bytes().length > MAX_BYTES) {
            return new Result.Refused(
                    "the file must have at most %d bytes: %d".formatted(MAX_BYTES, file.bytes().length));
        }
        JsonNode root;
        try {
            root = BookDocument.JSON.readTree(file.bytes());
        } catch (JsonProcessingException e) {
            return new Result.Refused("the file is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            return new Result.Refused("the file cannot be read");
        }
        PriceImport run = new PriceImport(before, file, options);
        if (root.isArray()) {
            return run.genai(root, file);
        }
        return root.isObject()
                ? run.litellm(root, file)
                : new Result.Refused("the file must be genai-prices' array or LiteLLM's object");
    }

    private Result litellm(JsonNode root, PriceFile file) {
        ObjectNode content = before.copy();
        ObjectNode part = (ObjectNode) content.path("litellm");
        JsonNode old = part.path("models");
        Map<String, String> oldOrigins = BookDocument.texts(part.path("origins"));
        String oldHash = part.path("hash").asText();
        ObjectNode models = BookDocument.JSON.createObjectNode();
        ObjectNode origins = BookDocument.JSON.createObjectNode();
        ObjectNode history = part.withObjectProperty("history");
        BiConsumer<String, JsonNode> keep = (key, model) -> {
            models.set(key, model);
            origins.put(key, oldOrigins.getOrDefault(key, oldHash));
        };
        int count = 0;
        for (Map.Entry<String, JsonNode> model : root.properties()) {
            String key = model.getKey();
            if (!LitellmPrices.isModel(key, model.getValue())) {
                continue;
            }
            count++;
            JsonNode known = old.path(key);
            switch (judged(key, known, model.getValue(), SourceFormat.LITELLM)) {
                case KEEP -> {
                    if (!known.isMissingNode()) {
                        keep.accept(key, known);
                    }
                }
                case TAKE -> models.set(key, model.getValue());
                case CHANGE -> {
                    models.set(key, model.getValue());
                    if (!options.isCorrection()) {
                        history.withArrayProperty(key)
                                .addObject()
                                .put("until", options.effectiveFrom().toString())
                                .put("hash", oldOrigins.getOrDefault(key, oldHash))
                                .set("model", known);
                    }
                }
            }
        }
        for (Map.Entry<String, JsonNode> model : old.properties()) {
            if (!root.has(model.getKey())) {
                removed.add(model.getKey());
                keep.accept(model.getKey(), model.getValue());
            }
        }
        part.put("name", file.name()).put("hash", hash);
        part.set("models", models);
        part.set("origins", origins);
        return result(content, SourceFormat.LITELLM, file, count, old.size());
    }

    private Result genai(JsonNode root, PriceFile file) {
        String cycle = FallbackCycles.find(root);
        if (!cycle.isEmpty()) {
            return new Result.Refused("fallback_model_providers lead back to themselves: " + cycle);
        }
        ObjectNode content = before.copy();
        ObjectNode part = (ObjectNode) content.path("genai");
        GenaiFeed old = new GenaiFeed(part.path("models"));
        Map<String, String> oldOrigins = BookDocument.texts(part.path("origins"));
        String oldHash = part.path("hash").asText();
        GenaiFeed feed = new GenaiFeed(root.deepCopy());
        ObjectNode origins = BookDocument.JSON.createObjectNode();
        Set<String> dropped = new HashSet<>();
        for (Map.Entry<String, JsonNode> model : feed.models().entrySet()) {
            JsonNode known = old.model(model.getKey());
            if (judged(model.getKey(), known, model.getValue(), SourceFormat.GENAI) == Verdict.KEEP) {
                if (known.isMissingNode()) {
                    dropped.add(model.getKey());
                } else {
                    feed.replace(model.getKey(), known);
                    origins.put(model.getKey(), oldOrigins.getOrDefault(model.getKey(), oldHash));
                }
            }
        }
        old.models().forEach((id, model) -> {
            if (!feed.models().containsKey(id)) {
                removed.add(id);
                feed.add(old, id);
                origins.put(id, oldOrigins.getOrDefault(id, oldHash));
            }
        });
        part.put("name", file.name()).put("hash", hash);
        part.set("models", feed.without(dropped));
        part.set("origins", origins);
        return result(
                content,
                SourceFormat.GENAI,
                file,
                feed.models().size(),
                old.models().size());
    }

    private enum Verdict {
        /** What held before goes on to hold. */
        KEEP,
        /** New, or the same prices. */
        TAKE,
        /** Other prices. */
        CHANGE
    }

    private Verdict judged(String id, JsonNode known, JsonNode model, SourceFormat format) {
        String fault = PriceFaults.of(model, format);
        if (!fault.isEmpty()) {
            refused.add(new ImportReport.Refusal(id, fault));
            return Verdict.KEEP;
        }
        if (known.isMissingNode()) {
            if (!PriceDiff.prices(model, format).isEmpty()) {
                added.add(id);
            }
            return Verdict.TAKE;
        }
        List<ImportReport.Change> differences = PriceDiff.of(id, known, model, format);
        if (differences.isEmpty()) {
            return Verdict.TAKE;
        }
        String suspicion = options.accepted().contains(id) ? "" : PriceDiff.suspicion(differences);
        if (!suspicion.isEmpty()) {
            heldBack.add(new ImportReport.HeldBack(id, suspicion));
            return Verdict.KEEP;
        }
        changed.addAll(differences);
        return Verdict.CHANGE;
    }

    private Result result(ObjectNode content, SourceFormat format, PriceFile file, int models, int before) {
        if (models == 0) {
            return new Result.Refused("the file has no model");
        }
        if (removed.size() > MAX_REMOVED * before) {
            return new Result.Refused("the file lacks %d of %d models, more than %.0f %%: it seems to be cut off"
                    .formatted(removed.size(), before, MAX_REMOVED * 100));
        }
        BookDocument document = BookDocument.of(content, file.date());
        return new Result.Imported(
                document,
                new ImportReport(
                        document.version(),
                        this.before.version(),
                        format.word(),
                        hash,
                        models,
                        added,
                        removed,
                        changed,
                        heldBack,
                        refused));
    }
}
