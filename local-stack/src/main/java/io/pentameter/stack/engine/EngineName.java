package io.pentameter.stack.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;

/** The engines, each with the version that this build was made for. */
public enum EngineName {
    KAFKA("Kafka"),
    CLICKHOUSE("ClickHouse engine"),
    POSTGRESQL("PostgreSQL"),
    KEYCLOAK("Keycloak");

    private static final Properties PINS = pins();

    private final String title;

    EngineName(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    public String version() {
        return pin("version");
    }

    /** The name of the folder that holds it, as in {@code kafka-4.4.0}. */
    public String folder() {
        return word() + "-" + version();
    }

    String pin(String what) {
        String value = PINS.getProperty(word() + "." + what);
        if (value == null) {
            throw new IllegalStateException("engines.properties lacks " + word() + "." + what);
        }
        return value;
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Properties pins() {
        Properties pins = new Properties();
        try (InputStream in = EngineName.class.getResourceAsStream("engines.properties")) {
            if (in == null) {
                throw new IllegalStateException("engines.properties is not on the class path");
            }
            pins.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pins;
    }
}
