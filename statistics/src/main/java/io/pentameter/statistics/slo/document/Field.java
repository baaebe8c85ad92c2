package io.pentameter.statistics.slo.document;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A place in a YAML document: refuses what is missing or of the wrong kind, by its path. Numbers stay text until they
 * are asked for, so that no digit is lost.
 *
 * @param path where it stands, such as {@code spec.objectives[0].target}
 * @param value map, list, text, boolean, or null if it is not there
 */
record Field(String path, @Nullable Object value) {

    private static final int LIMIT = 1 << 20;
    private static final int DEPTH = 30;

    /** Only true, false and null are not text. */
    private static final class TextResolver extends Resolver {

        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, Pattern.compile("true|false"), "tf");
            addImplicitResolver(Tag.NULL, Pattern.compile("~|null|"), "~n\0");
        }
    }

    /** Writes decimals with all their digits and without exponent. */
    private static final class PlainNumbers extends Representer {

        PlainNumbers(DumperOptions options) {
            super(options);
            representers.put(BigDecimal.class, number -> {
                String text = ((BigDecimal) number).toPlainString();
                return representScalar(text.contains(".") ? Tag.FLOAT : Tag.INT, text);
            });
        }
    }

    /** All documents of a text of 1 MiB at most. */
    static List<Field> readAll(String text) {
        if (text.length() > LIMIT) {
            throw new IllegalArgumentException(
                    "document must have at most %d characters: %d".formatted(LIMIT, text.length()));
        }
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(20);
        options.setNestingDepthLimit(DEPTH);
        options.setCodePointLimit(LIMIT);
        Yaml yaml = new Yaml(
                new SafeConstructor(options),
                new Representer(new DumperOptions()),
                new DumperOptions(),
                options,
                new TextResolver());
        List<Field> documents = new ArrayList<>();
        try {
            for (Object document : yaml.loadAll(text)) {
                if (document != null) {
                    documents.add(new Field("document[%d]".formatted(documents.size()), document));
                }
            }
        } catch (YAMLException fault) {
            throw new IllegalArgumentException("document must be YAML: " + fault.getMessage(), fault);
        }
        if (documents.isEmpty()) {
            throw new IllegalArgumentException("document must not be empty");
        }
        return documents;
    }

    /** Documents as text, in block style, keys in the order given. */
    static String writeAll(List<? extends Map<String, ?>> documents) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        options.setDereferenceAliases(true);
        Yaml yaml = new Yaml(new PlainNumbers(options), options);
        return yaml.dumpAll(documents.iterator());
    }

    Field at(String name) {
        return new Field(path + "." + name, map().get(name));
    }

    boolean isPresent() {
        return value != null;
    }

    String text() {
        if (value instanceof String || value instanceof Boolean || value instanceof Number) {
            return value.toString();
        }
        throw new IllegalArgumentException("%s must be a text: %s".formatted(path, kind()));
    }

    String text(String otherwise) {
        return isPresent() ? text() : otherwise;
    }

    Optional<String> optionalText() {
        return isPresent() ? Optional.of(text()) : Optional.empty();
    }

    boolean flag(boolean otherwise) {
        if (!isPresent()) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new IllegalArgumentException("%s must be true or false: %s".formatted(path, value));
    }

    BigDecimal decimal() {
        String text = text();
        if (!text.matches("[+-]?[0-9]{1,20}(\\.[0-9]{1,20})?")) {
            throw new IllegalArgumentException("%s must be a decimal number: %s".formatted(path, text));
        }
        return new BigDecimal(text);
    }

    Shorthand duration() {
        try {
            return Shorthand.parse(text());
        } catch (IllegalArgumentException fault) {
            throw new IllegalArgumentException("%s: %s".formatted(path, fault.getMessage()), fault);
        }
    }

    List<Field> list() {
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> items) {
            List<Field> fields = new ArrayList<>();
            for (Object item : items) {
                fields.add(new Field("%s[%d]".formatted(path, fields.size()), item));
            }
            return fields;
        }
        throw new IllegalArgumentException("%s must be a list: %s".formatted(path, kind()));
    }

    /** Entries by name; empty if the field is not there. */
    Map<String, Object> map() {
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> entries) {
            Map<String, Object> named = new LinkedHashMap<>();
            entries.forEach((key, entry) -> {
                if (entry != null) {
                    named.put(String.valueOf(key), entry);
                }
            });
            return named;
        }
        throw new IllegalArgumentException("%s must be a map: %s".formatted(path, kind()));
    }

    /** Entries that are texts; lists are joined by commas. */
    Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        map().forEach((key, entry) -> labels.put(
                key,
                entry instanceof List<?> items
                        ? String.join(",", items.stream().map(String::valueOf).toList())
                        : String.valueOf(entry)));
        return labels;
    }

    private String kind() {
        return switch (value) {
            case null -> "nothing";
            case List<?> _ -> "a list";
            case Map<?, ?> _ -> "a map";
            default -> value.toString();
        };
    }
}
