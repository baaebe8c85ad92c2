package io.pentameter.ingest.publish;

/** A record for a topic. */
public final class LogRecord {

    private final byte[] key;
    private final byte[] value;

    public LogRecord(byte[] key, byte[] value) {
        this.key = key;
        this.value = value;
    }

    /** Decides the partition. Not a copy: not to be changed. */
    public byte[] key() {
        return key;
    }

    /** Not a copy: not to be changed. */
    public byte[] value() {
        return value;
    }
}
