package io.pentameter.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A section of the page of results that a run of its own writes. */
final class PageSection {

    private PageSection() {}

    /**
     * Replaces the section, or adds it at the end.
     *
     * @param heading that the section begins with, as in {@code ## Money}
     */
    static void write(Path page, String heading, String section) throws IOException {
        String old = Files.exists(page) ? Files.readString(page) : "";
        Files.writeString(page, replaced(old, heading, section));
    }

    static String replaced(String page, String heading, String section) {
        int at = page.indexOf(heading + "\n");
        if (at < 0) {
            return page.stripTrailing() + "\n\n" + section;
        }
        int next = page.indexOf("\n## ", at);
        return page.substring(0, at) + section + (next < 0 ? "" : page.substring(next));
    }
}
