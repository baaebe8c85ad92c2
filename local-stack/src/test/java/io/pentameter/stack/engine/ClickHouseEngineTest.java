package io.pentameter.stack.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pentameter.stack.process.Ports;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClickHouseEngineTest {

    @TempDir
    private Path directory;

    @Test
    void keepsWhatItAcknowledgedOverACrash() {
        try (ClickHouseEngine engine = engine("one")) {
            engine.start();
            engine.execute("CREATE TABLE pentameter.spans (id UInt64) ENGINE = MergeTree ORDER BY id");
            engine.execute("INSERT INTO pentameter.spans SELECT number FROM numbers(1000)");

            engine.kill();
            engine.start();

            assertThat(engine.execute("SELECT count(), sum(id) FROM pentameter.spans"))
                    .isEqualTo("1000\t499500");
        }
    }

    @Test
    void stopsInGoodOrderAndStartsAgain() {
        try (ClickHouseEngine engine = engine("one")) {
            engine.start();
            engine.execute("CREATE TABLE pentameter.t (id UInt64) ENGINE = MergeTree ORDER BY id");

            engine.stop();
            assertThat(engine.isAlive()).isFalse();
            engine.start();

            assertThat(engine.execute("EXISTS TABLE pentameter.t")).isEqualTo("1");
        }
    }

    @Test
    void twoOfThemKnowNothingOfEachOther() {
        try (ClickHouseEngine one = engine("one");
                ClickHouseEngine other = engine("other")) {
            one.start();
            other.start();
            one.execute("CREATE TABLE pentameter.t (id UInt64) ENGINE = MergeTree ORDER BY id");

            assertThat(other.execute("EXISTS TABLE pentameter.t")).isEqualTo("0");
        }
    }

    @Test
    void refusesFilesOtherServersAndTheWrongPassword() {
        try (ClickHouseEngine engine = engine("one")) {
            engine.start();

            assertThatThrownBy(() -> engine.execute("SELECT * FROM file('/etc/passwd', 'LineAsString')"))
                    .hasMessageContaining("ACCESS_DENIED");
            assertThatThrownBy(() -> engine.execute("SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')"))
                    .hasMessageContaining("ACCESS_DENIED");
            assertThatThrownBy(() -> engine.execute("SYSTEM SHUTDOWN")).hasMessageContaining("ACCESS_DENIED");
        }
    }

    private ClickHouseEngine engine(String name) {
        Path home = directory.resolve(name);
        return new ClickHouseEngine(
                EngineStore.ofUser(), home, home.resolve("clickhouse.txt"), Ports.free(), "secret & <word>");
    }
}
