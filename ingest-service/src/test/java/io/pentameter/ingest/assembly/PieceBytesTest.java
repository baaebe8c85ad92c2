package io.pentameter.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.pentameter.ingest.dialect.CutText;
import io.pentameter.ingest.dialect.JsonText;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PieceBytesTest {

    private static final ByteString TRACE = ByteString.copyFromUtf8("0123456789abcdef");
    private static final ByteString SPAN = ByteString.copyFromUtf8("01234567");

    @Test
    void piecesComeBackAsTheyWere() {
        List<Fragment> pieces = List.of(
                piece(false, 0, facts("a")),
                piece(true, Long.MAX_VALUE, facts("b")),
                piece(true, -1, new TreeMap<>()),
                piece(false, 1, new TreeMap<>(Map.of("one more", "name"))));

        assertThat(PieceBytes.read(TRACE, PieceBytes.write(pieces))).isEqualTo(pieces);
    }

    @Test
    void aNameThatComesAgainCostsAByte() {
        SortedMap<String, Object> facts = new TreeMap<>(Map.of("langfuse.observation.model.parameters", true));
        int one = PieceBytes.write(List.of(piece(false, 0, facts))).length;

        // span id 8, key 16, update 1, time 1, number of facts 1, number of the name 1, value 1
        assertThat(PieceBytes.write(List.of(piece(false, 0, facts), piece(false, 0, facts))))
                .hasSize(one + 29);
    }

    @Test
    void halfACharacterBecomesAQuestionMarkAsInTheRecord() {
        Fragment broken = piece(false, 0, new TreeMap<>(Map.of("a\uD800", "b\uDC00")));

        assertThat(PieceBytes.read(TRACE, PieceBytes.write(List.of(broken))))
                .singleElement()
                .extracting(Fragment::facts)
                .isEqualTo(Map.of("a?", "b?"));
    }

    @Test
    void anotherFormatIsNotGuessedAt() {
        assertThatThrownBy(() -> PieceBytes.read(TRACE, new byte[] {9, 0}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("unknown format of stored pieces: 9");
    }

    private static Fragment piece(boolean isUpdate, long timeNs, SortedMap<String, Object> facts) {
        return new Fragment(TRACE, SPAN, new Fragment.Order(isUpdate, timeNs, Fragment.key(facts, "x")), facts);
    }

    private static SortedMap<String, Object> facts(String more) {
        return new TreeMap<>(Map.of(
                "text" + more,
                "grün 🌱",
                "json",
                new JsonText("{\"a\":[1]}"),
                "cut",
                new CutText("beginn", 1L << 40),
                "whole",
                -5L,
                "fraction",
                0.1,
                "nan",
                Double.NaN,
                "yes",
                true,
                "no",
                false,
                "",
                ""));
    }
}
