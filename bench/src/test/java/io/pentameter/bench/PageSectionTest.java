package io.pentameter.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageSectionTest {

    @Test
    void replacesItsOwnSectionAndLeavesTheOthers() {
        String page = "# P\n\n## A\n\nold\n\n## B\n\nb\n";

        assertThat(PageSection.replaced(page, "## A", "## A\n\nnew\n")).isEqualTo("# P\n\n## A\n\nnew\n\n## B\n\nb\n");
        assertThat(PageSection.replaced(page, "## B", "## B\n\nnew\n"))
                .isEqualTo("# P\n\n## A\n\nold\n\n## B\n\nnew\n");
    }

    @Test
    void isAddedAtTheEndOfAPageThatHasNone() {
        assertThat(PageSection.replaced("# P\n", "## A", "## A\n")).isEqualTo("# P\n\n## A\n");
    }
}
