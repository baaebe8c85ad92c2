package io.pentameter.pricing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads the book that the service ships with. */
public final class PriceBooks {

    private static final String DATE = "2026-08-21";
    private static final String GENAI = "/prices/genai-prices.v2.2026-08-21.json";
    private static final String LITELLM = "/prices/litellm.2026-07-24.json";

    private PriceBooks() {}

    /** @throws IllegalStateException if a data file is missing */
    public static PriceBook shipped() {
        byte[] genai = bytes(GENAI);
        byte[] litellm = bytes(LITELLM);
        ObjectMapper json = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
        try {
            return new PriceBook(
                    DATE + "." + hash(genai, litellm),
                    new GenaiPrices(json.readTree(genai)),
                    new LitellmPrices(json.readTree(litellm)));
        } catch (IOException e) {
            throw new UncheckedIOException("the price data is no JSON", e);
        }
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = PriceBooks.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the price data is missing: " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(byte[] first, byte[] second) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(first);
            return HexFormat.of().formatHex(sha256.digest(second), 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
