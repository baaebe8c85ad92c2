package io.pentameter.alert.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpendLinesTest {

    private static final String NAMES = "\"value\",\"nano\",\"calls\",\"unpriced\"\n";

    private final List<String> heard = new ArrayList<>();

    /** Zm9vLGJhciIK is foo,bar"\n: a value may hold what parts lines and columns. */
    @Test
    void eachLineIsToldOfWhateverTheValueHolds() throws IOException {
        read(NAMES + "\"Zm9vLGJhciIK\",9223372036854775807,3,1\n\"\",0,1,1\n");

        assertThat(heard).containsExactly("foo,bar\"\n 9223372036854775807 3 1", " 0 1 1");
    }

    @Test
    void nothingSpentIsAnEmptyList() throws IOException {
        read(NAMES);

        assertThat(heard).isEmpty();
    }

    @Test
    void aListThatIsNoneIsNotRead() {
        for (String broken :
                List.of("", NAMES + "\"YQ==\",1,2\n", NAMES + "\"YQ==\",1,2,x\n", NAMES + "\"Y\",1,2,3\n")) {
            assertThatThrownBy(() -> read(broken)).as(broken).isInstanceOf(IOException.class);
        }
    }

    /** Longer than the reader holds at a time, so that lines are cut in two where it ends; the last one is not ended. */
    @Test
    void manyLinesAreToldOfEachOnce() throws IOException {
        StringBuilder lines = new StringBuilder(NAMES);
        for (int i = 0; i < 20_000; i++) {
            String value = Base64.getEncoder().encodeToString(("customer-" + i).getBytes(StandardCharsets.UTF_8));
            lines.append('"').append(value).append("\",").append(i).append(",1,0\n");
        }

        read(lines.substring(0, lines.length() - 1));

        assertThat(heard).hasSize(20_000).doesNotHaveDuplicates();
        assertThat(heard).element(12_345).isEqualTo("customer-12345 12345 1 0");
        assertThat(heard).last().isEqualTo("customer-19999 19999 1 0");
    }

    @Test
    void aLineWithoutEndIsNotRead() {
        assertThatThrownBy(() -> read(NAMES + "A".repeat(100_000) + ",1,1,1\n")).hasMessageContaining("65536 bytes");
    }

    private void read(String lines) throws IOException {
        SpendLines.read(
                new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)),
                (value, nano, calls, unpriced) -> heard.add(
                        new String(value, StandardCharsets.UTF_8) + " " + nano + " " + calls + " " + unpriced));
    }
}
