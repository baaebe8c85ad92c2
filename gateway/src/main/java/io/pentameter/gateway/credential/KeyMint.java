package io.pentameter.gateway.credential;

import java.util.function.IntFunction;

/** Makes new API keys out of chance that is handed in. */
public final class KeyMint {

    private static final int ID_BYTES = 12;
    private static final int SECRET_BYTES = 32;

    private final IntFunction<byte[]> chance;

    /** @param chance gives that many unpredictable bytes */
    public KeyMint(IntFunction<byte[]> chance) {
        this.chance = chance;
    }

    /** A key with a new id. */
    public KeyText mint() {
        return withNewSecret(Base62.encode(chance.apply(ID_BYTES), KeyText.ID_LENGTH));
    }

    /** A key with the same id and another secret. */
    public KeyText withNewSecret(String id) {
        return new KeyText(id, Base62.encode(chance.apply(SECRET_BYTES), KeyText.SECRET_LENGTH));
    }
}
