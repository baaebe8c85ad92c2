package io.pentameter.ingest.tokens;

import io.pentameter.contracts.v1.Usage;
import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.dialect.Reading;

/**
 * What a call used that is billed by the piece and is no token, as the client reported it; 0 where it said nothing.
 *
 * @param searches   that the provider ran
 * @param images     that were made
 * @param mediaMs    of sound or film that was heard or made, milliseconds
 * @param pages      that were read
 * @param characters that were spoken
 */
public record PieceReport(long searches, long images, long mediaMs, long pages, long characters) {

    private static final int MILLIS = 1000;

    /** Beyond it a count is no true one, and its price would not be either. */
    private static final long MAX = 1_000_000_000_000L;

    /** The report in a span's attributes. */
    public static PieceReport of(Reading reading) {
        double seconds = reading.number(Field.MEDIA_SECONDS);
        long millis = count(reading, Field.MEDIA_MS);
        return new PieceReport(
                count(reading, Field.SEARCHES),
                count(reading, Field.IMAGES),
                millis == 0 && seconds > 0 && seconds <= (double) MAX / MILLIS ? Math.round(seconds * MILLIS) : millis,
                count(reading, Field.PAGES),
                count(reading, Field.CHARACTERS));
    }

    private static long count(Reading reading, Field field) {
        long count = reading.count(field);
        return count > MAX ? 0 : Math.max(0, count);
    }

    /** Whether anything was reported. */
    public boolean isPresent() {
        return searches > 0 || images > 0 || mediaMs > 0 || pages > 0 || characters > 0;
    }

    /** Adds the pieces to the usage of the call. */
    public void putInto(Usage.Builder usage) {
        usage.setSearches(searches)
                .setImages(images)
                .setMediaMs(mediaMs)
                .setPages(pages)
                .setCharacters(characters);
    }
}
