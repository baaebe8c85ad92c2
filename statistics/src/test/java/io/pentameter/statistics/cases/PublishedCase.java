package io.pentameter.statistics.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * One case of a fixture file.
 *
 * @param id       key of the case in its file
 * @param input    what to compute from
 * @param expected what must come out
 * @param whole    everything the file says about it
 */
public record PublishedCase(String id, JsonNode input, JsonNode expected, JsonNode whole) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads case {@code id} of {@code cases/file.json}; fails if it is not there. */
    public static PublishedCase of(String file, String id) {
        for (JsonNode found : read(file).path("cases")) {
            if (found.path("id").asText().equals(id)) {
                return new PublishedCase(id, found.path("input"), found.path("expected"), found);
            }
        }
        throw new IllegalArgumentException("no case %s in %s".formatted(id, file));
    }

    /** The {@code tolerance} of the case, which must be a number. */
    public double tolerance() {
        JsonNode tolerance = whole.path("tolerance");
        if (!tolerance.isNumber()) {
            throw new IllegalStateException("tolerance of %s is not a number: %s".formatted(id, tolerance));
        }
        return tolerance.doubleValue();
    }

    /** The numbers of a JSON array; null becomes NaN. */
    public static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).isNull() ? Double.NaN : array.get(i).doubleValue();
        }
        return numbers;
    }

    private static JsonNode read(String file) {
        try (InputStream in = PublishedCase.class.getResourceAsStream("/cases/" + file + ".json")) {
            return JSON.readTree(Objects.requireNonNull(in, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
