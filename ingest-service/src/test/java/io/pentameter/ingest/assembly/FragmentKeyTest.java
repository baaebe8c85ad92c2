package io.pentameter.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.pentameter.ingest.dialect.JsonText;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FragmentKeyTest {

    @Test
    void theSamePieceHasTheSameKeyAndAnyOtherAnother() {
        List<ByteString> keys = List.of(
                key(Map.of("a", "1"), "event"),
                key(Map.of("a", 1L), "event"),
                key(Map.of("a", 1.0), "event"),
                key(Map.of("a", new JsonText("1")), "event"),
                key(Map.of("a", "1", "b", ""), "event"),
                key(Map.of("a1", ""), "event"),
                key(Map.of("a", "1"), "eventa"),
                key(Map.of("a", "1"), "event", "a"),
                key(Map.of(), "event", "a", "1"));

        assertThat(Set.copyOf(new HashSet<>(keys))).hasSize(keys.size());
        assertThat(keys).allSatisfy(key -> assertThat(key.size()).isEqualTo(16));
        assertThat(key(Map.of("a", "1"), "event")).isEqualTo(keys.getFirst());
    }

    private static ByteString key(Map<String, Object> facts, String... about) {
        return Fragment.key(new TreeMap<>(facts), about);
    }
}
