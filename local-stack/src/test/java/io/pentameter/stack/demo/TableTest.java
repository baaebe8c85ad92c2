package io.pentameter.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void putsNamesLeftAndNumbersRight() {
        Table table = new Table("FEATURE", "cost");
        table.row("support-chat", "$1.20");
        table.row("x", "$110.00");

        assertThat(table.lines())
                .containsExactly("FEATURE          cost", "support-chat    $1.20", "x             $110.00");
    }

    @Test
    void refusesARowOfAnotherWidth() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Table("A", "B").row("1"))
                .withMessage("a row must have 2 cells: 1");
    }
}
