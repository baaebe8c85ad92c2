package io.pentameter.aggregation.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pentameter.aggregation.csv.CsvTable.BadCsvException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTableTest {

    @Test
    void quotesLineEndsAndTheMarkAreReadAsTheStandardSays() throws BadCsvException {
        CsvTable table = CsvTable.of("\uFEFFName,Note\r\n\"a,b\",\"he said \"\"no\"\"\"\r\n\r\nc,\"two\nlines\"", 10);

        assertThat(table.has("NAME")).isTrue();
        assertThat(table.rows()).extracting(row -> row.get("name")).containsExactly("a,b", "c");
        assertThat(table.rows()).extracting(row -> row.get("note")).containsExactly("he said \"no\"", "two\nlines");
        assertThat(table.rows()).extracting(CsvTable.Row::number).containsExactly(2, 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b\\n1,2\\n3 | 3 | has 1 fields where the header has 2",
                "a,b\\n1,\"2 | 2 | not closed",
                "a,b\\n1,\"2\"x | 2 | behind a closing",
                "a,a\\n1,2 | 1 | twice",
                "a\\n1\\n2\\n3\\n4 | 5 | at most 3 rows"
            })
    void aFileThatIsCutOffOrTooLongIsRefusedWithItsRow(String text, int row, String reason) {
        assertThatThrownBy(() -> CsvTable.of(text.replace("\\n", "\n"), 3))
                .isInstanceOf(BadCsvException.class)
                .hasMessageContaining(reason)
                .extracting(e -> ((BadCsvException) e).row())
                .isEqualTo(row);
    }
}
