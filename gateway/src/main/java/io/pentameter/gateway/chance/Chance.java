package io.pentameter.gateway.chance;

import java.util.UUID;

/** Where identifiers and secrets come from. Thread-safe. */
public interface Chance {

    /** An identifier that was never given before. */
    UUID uuid();

    /** That many bytes that nobody can predict. */
    byte[] bytes(int count);
}
