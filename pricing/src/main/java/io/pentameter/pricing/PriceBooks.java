package io.pentameter.pricing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Set;

/** Reads the book that the service ships with. */
public final class PriceBooks {

    private static final String GENAI = "/prices/genai-prices.v2.2026-08-21.json";
    private static final LocalDate GENAI_DATE = LocalDate.parse("2026-08-21");
    private static final String LITELLM = "/prices/litellm.2026-07-24.json";
    private static final LocalDate LITELLM_DATE = LocalDate.parse("2026-07-24");

    private PriceBooks() {}

    /** Worked out once. */
    private static final class ShippedVersion {
        static final String NAME = shippedDocument().version();
    }

    /** Version of the book that the service ships with. */
    public static String shippedVersion() {
        return ShippedVersion.NAME;
    }

    /** @throws IllegalStateException if a data file is missing */
    public static PriceBook shipped() {
        return shippedDocument().book();
    }

    /**
     * What the book is made of, to be updated by imports.
     *
     * @throws IllegalStateException if a data file is missing
     */
    public static BookDocument shippedDocument() {
        BookDocument litellm =
                imported(BookDocument.EMPTY, new PriceFile(bytes(LITELLM), LITELLM_DATE, LITELLM.substring(8)));
        return imported(litellm, new PriceFile(bytes(GENAI), GENAI_DATE, GENAI.substring(8)));
    }

    private static BookDocument imported(BookDocument before, PriceFile file) {
        return switch (PriceImport.of(before, file, new PriceImport.Options(file.date(), false, Set.of()))) {
            case PriceImport.Result.Imported(BookDocument document, ImportReport _) -> document;
            case PriceImport.Result.Refused(String reason) -> throw new IllegalStateException(reason);
        };
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
}
