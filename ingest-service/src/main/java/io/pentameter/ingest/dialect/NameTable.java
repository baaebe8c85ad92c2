package io.pentameter.ingest.dialect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the name of an attribute by its bytes, so that the names of the mapping table cost neither decoding nor memory.
 *
 * <p>Built once from {@link Field}; immutable.
 */
public final class NameTable {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SLOTS = 1024;

    private final byte[][] keys = new byte[SLOTS][];
    private final @Nullable AttributeName[] names = new AttributeName[SLOTS];
    private final Map<String, AttributeName> byText = new HashMap<>();

    public NameTable() {
        Map<String, Draft> drafts = new LinkedHashMap<>();
        for (Field field : Field.values()) {
            int rank = 0;
            for (Source source : field.sources()) {
                String text = source.names().getFirst();
                int hash = text.indexOf('#');
                Draft draft = drafts.computeIfAbsent(hash < 0 ? text : text.substring(0, hash), _ -> new Draft());
                AttributeName.Meaning meaning = new AttributeName.Meaning(field, rank++);
                draft.dialects |= tells(text) ? source.dialect().bit() : 0;
                if (hash < 0) {
                    draft.meanings.add(meaning);
                } else {
                    draft.members
                            .computeIfAbsent(text.substring(hash + 1), _ -> new ArrayList<>())
                            .add(meaning);
                }
            }
        }
        drafts.forEach((text, draft) ->
                put(AttributeName.known(text, draft.meanings, draft.members, draft.dialects | Dialect.bitsOf(text))));
    }

    /** Many use the names of GenAI, and anybody may have chosen a name without a prefix: they show nobody's hand. */
    private static boolean tells(String text) {
        return !text.startsWith("gen_ai.") && text.indexOf('.') >= 0;
    }

    private static final class Draft {
        private final List<AttributeName.Meaning> meanings = new ArrayList<>();
        private final Map<String, List<AttributeName.Meaning>> members = new HashMap<>();
        private int dialects;
    }

    private void put(AttributeName name) {
        byText.put(name.text(), name);
        byte[] key = name.text().getBytes(StandardCharsets.UTF_8);
        int slot = hash(key, 0, key.length);
        while (names[slot] != null) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        keys[slot] = key;
        names[slot] = name;
    }

    /** The name whose UTF-8 bytes these are; bytes that are no UTF-8 become U+FFFD. */
    public AttributeName find(byte[] bytes, int from, int length) {
        int slot = hash(bytes, from, length);
        AttributeName name = names[slot];
        while (name != null) {
            byte[] key = keys[slot];
            if (key.length == length && Arrays.equals(key, 0, length, bytes, from, from + length)) {
                return name;
            }
            slot = (slot + 1) & (SLOTS - 1);
            name = names[slot];
        }
        return AttributeName.unknown(new String(bytes, from, length, StandardCharsets.UTF_8));
    }

    /** The name with this text. */
    public AttributeName find(String text) {
        AttributeName name = byText.get(text);
        return name == null ? AttributeName.unknown(text) : name;
    }

    private static int hash(byte[] bytes, int from, int length) {
        long mixed = length;
        if (length >= 8) {
            long head = (long) LONGS.get(bytes, from);
            long tail = (long) LONGS.get(bytes, from + length - 8);
            long middle = (long) LONGS.get(bytes, from + (length - 8) / 2);
            mixed += (head ^ Long.rotateLeft(tail, 17) ^ Long.rotateLeft(middle, 39)) * 0x9E3779B97F4A7C15L;
        } else {
            for (int i = 0; i < length; i++) {
                mixed = mixed * 31 + bytes[from + i];
            }
            mixed *= 0x9E3779B97F4A7C15L;
        }
        return (int) (mixed >>> 54);
    }
}
