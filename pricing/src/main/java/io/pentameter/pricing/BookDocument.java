package io.pentameter.pricing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What a version of the book is made of: both sources as imported, which models were kept from earlier files, and what held
 * before. An import makes a new one; none is ever changed.
 */
public final class BookDocument {

    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    /** Without any price. */
    static final BookDocument EMPTY = new BookDocument("", emptyContent());

    private static final int MAX_BYTES = 64 << 20;

    private final String version;
    private final ObjectNode content;

    private BookDocument(String version, ObjectNode content) {
        this.version = version;
        this.content = content;
    }

    /** A document that an import made. Its version names its content. */
    static BookDocument of(ObjectNode content, LocalDate date) {
        return new BookDocument(date + "." + PriceFile.hash(bytes(content)).substring(0, 8), content);
    }

    /**
     * Reads what {@link #gzip} wrote.
     *
     * @throws UncheckedIOException if it is not that
     */
    public static BookDocument read(String version, byte[] gzip) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            JsonNode content = JSON.readTree(in.readNBytes(MAX_BYTES));
            if (!(content instanceof ObjectNode object)) {
                throw new IOException("a price book must be a JSON object");
            }
            return new BookDocument(version, object);
        } catch (IOException e) {
            throw new UncheckedIOException("a price book cannot be read: " + version, e);
        }
    }

    /** Names the content, for example {@code 2026-08-21.e0364c43}. */
    public String version() {
        return version;
    }

    /** For storage; the same content gives the same bytes before compression. */
    public byte[] gzip() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public PriceBook book() {
        JsonNode genai = content.path("genai");
        JsonNode litellm = content.path("litellm");
        return new PriceBook(
                version,
                new GenaiPrices(genai.path("models"), genai.path("hash").asText(), texts(genai.path("origins"))),
                new LitellmPrices(
                        litellm.path("models"),
                        litellm.path("hash").asText(),
                        texts(litellm.path("origins")),
                        litellm.path("history")));
    }

    ObjectNode copy() {
        return content.deepCopy();
    }

    static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().asText()));
        return texts;
    }

    private static ObjectNode emptyContent() {
        ObjectNode empty = JSON.createObjectNode();
        empty.putObject("genai").putArray("models");
        empty.putObject("litellm").putObject("models");
        return empty;
    }

    private static byte[] bytes(ObjectNode content) {
        try {
            return JSON.writeValueAsBytes(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can be written as JSON", e);
        }
    }
}
