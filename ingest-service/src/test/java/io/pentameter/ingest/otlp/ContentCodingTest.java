package io.pentameter.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ContentCodingTest {

    private static final byte[] TEXT =
            "some text some text some text".repeat(100).getBytes(java.nio.charset.StandardCharsets.UTF_8);

    @Test
    void gzipAndBothKindsOfDeflateAreUnpacked() throws IOException {
        assertThat(ContentCoding.GZIP.decompress(gzip(TEXT), 1 << 20, _ -> {})).isEqualTo(TEXT);
        assertThat(ContentCoding.DEFLATE.decompress(deflate(TEXT, false), 1 << 20, _ -> {}))
                .isEqualTo(TEXT);
        assertThat(ContentCoding.DEFLATE.decompress(deflate(TEXT, true), 1 << 20, _ -> {}))
                .isEqualTo(TEXT);
        assertThat(ContentCoding.IDENTITY.decompress(TEXT, 1 << 20, _ -> {})).isSameAs(TEXT);
    }

    @Test
    void exactlyTheLimitIsTakenAndOneMoreIsNot() throws IOException {
        for (ContentCoding coding : new ContentCoding[] {ContentCoding.GZIP, ContentCoding.IDENTITY}) {
            byte[] body = coding == ContentCoding.GZIP ? gzip(TEXT) : TEXT;

            assertThat(coding.decompress(body, TEXT.length, _ -> {})).isEqualTo(TEXT);
            assertThat(coding.decompress(body, TEXT.length - 1, _ -> {})).isNull();
        }
    }

    @Test
    void memoryIsAskedForBeforeItIsTaken() throws IOException {
        long[] asked = {0};

        byte[] plain = ContentCoding.GZIP.decompress(gzip(new byte[1 << 20]), 1 << 20, more -> asked[0] += more);

        assertThat(plain).hasSize(1 << 20);
        assertThat(asked[0]).isEqualTo(1 << 20);
    }

    @Test
    void whatIsNotCompressedOrCutOffIsUndecodable() throws IOException {
        byte[] packed = gzip(TEXT);
        byte[] cut = Arrays.copyOf(packed, packed.length - 9);

        assertThatExceptionOfType(UndecodableException.class)
                .isThrownBy(() -> ContentCoding.GZIP.decompress(TEXT, 1 << 20, _ -> {}));
        assertThatExceptionOfType(UndecodableException.class)
                .isThrownBy(() -> ContentCoding.GZIP.decompress(cut, 1 << 20, _ -> {}))
                .withMessageContaining("not whole gzip");
    }

    @Test
    void headersNameCodings() {
        assertThat(ContentCoding.ofHeader(null)).isEqualTo(ContentCoding.IDENTITY);
        assertThat(ContentCoding.ofHeader(" GZip ")).isEqualTo(ContentCoding.GZIP);
        assertThat(ContentCoding.ofHeader("br")).isNull();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] deflate(byte[] bytes, boolean isRaw) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, new Deflater(Deflater.BEST_SPEED, isRaw))) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
