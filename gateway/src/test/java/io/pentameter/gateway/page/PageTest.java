package io.pentameter.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pentameter.kit.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");

    @Test
    void oneRowMoreThanAskedForShowsThatTheListGoesOn() {
        Page<String> page = Page.of(List.of("c", "b", "a"), 2, id -> new Page.Cursor(NOON, id));

        assertThat(page.data()).isEqualTo(List.of("c", "b"));
        assertThat(Cursors.decode(page.nextCursor())).isEqualTo(new Page.Cursor(NOON, "b"));
        assertThat(Page.of(List.of("a"), 1, id -> new Page.Cursor(NOON, id)).nextCursor())
                .isNull();
    }

    @Test
    void aCursorThatIsNoneIsNamed() {
        for (String text : List.of("", "%", "AAAA", "eCB5", "x".repeat(301))) {
            assertThatExceptionOfType(ProblemException.class)
                    .as(text)
                    .isThrownBy(() -> Cursors.decode(text))
                    .withMessage("cursor: is none that this route has given");
        }
    }

    @Test
    void theLimitIsBounded() {
        assertThat(Cursors.limit(1)).isEqualTo(1);
        assertThat(Cursors.limit(200)).isEqualTo(200);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Cursors.limit(0));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Cursors.limit(201));
    }
}
