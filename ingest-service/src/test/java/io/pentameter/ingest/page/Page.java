package io.pentameter.ingest.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A reference page in the repository. */
public final class Page {

    private static final Path REFERENCE = Path.of("..", "docs", "reference");

    private Page() {}

    /** Fails if the page is not this text; {@code -Dpentameter.pages=write} writes it instead. */
    public static void mustBe(String name, String text) {
        Path page = REFERENCE.resolve(name);
        try {
            if ("write".equals(System.getProperty("pentameter.pages"))) {
                Files.writeString(page, text);
            }
            assertThat(Files.readString(page))
                    .as("%s is stale: run this test with -Dpentameter.pages=write", name)
                    .isEqualTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
