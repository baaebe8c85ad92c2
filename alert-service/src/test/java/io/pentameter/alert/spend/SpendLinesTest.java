package io.pentameter.alert.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

    private void read(String lines) throws IOException {
        SpendLines.read(
                new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)),
                (value, nano, calls, unpriced) -> heard.add(value + " " + nano + " " + calls + " " + unpriced));
    }
}
