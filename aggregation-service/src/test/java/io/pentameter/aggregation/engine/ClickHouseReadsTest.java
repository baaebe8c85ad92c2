package io.pentameter.aggregation.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.stack.testing.SharedEngines;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClickHouseReadsTest {

    private static final SharedEngines.ClickHouse ENGINE = SharedEngines.clickHouse();

    private final ClickHouseReads reads =
            new ClickHouseReads(new Hasty(Store.config(ENGINE, ENGINE.database())), new SimpleMeterRegistry());

    @Test
    void aQueryThatTakesTooLongIsSaidToHaveAndTheEngineIsNotSaidToBeAway() {
        String sql = "SELECT count() FROM system.numbers_mt WHERE sipHash64(number) = 1";

        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> reads.read(new AllTenantsQuery(sql, new Bindings()), row -> 0));

        assertThat(refused.problem().status()).isEqualTo(ProblemKind.TIMEOUT.status());
        assertThat(refused).hasMessageContaining("PT1S");
    }

    /** The same, but one second for a query. */
    private record Hasty(ClickHouseConfig config) implements ClickHouseConfig {

        @Override
        public String url() {
            return config.url();
        }

        @Override
        public String user() {
            return config.user();
        }

        @Override
        public Optional<String> password() {
            return config.password();
        }

        @Override
        public Optional<String> readerUser() {
            return config.readerUser();
        }

        @Override
        public Optional<String> readerPassword() {
            return config.readerPassword();
        }

        @Override
        public String database() {
            return config.database();
        }

        @Override
        public String layout() {
            return config.layout();
        }

        @Override
        public Duration insertTimeout() {
            return config.insertTimeout();
        }

        @Override
        public int maxQueries() {
            return config.maxQueries();
        }

        @Override
        public Duration maxQueryTime() {
            return Duration.ofSeconds(1);
        }

        @Override
        public long maxRowsToRead() {
            return Long.MAX_VALUE;
        }

        @Override
        public long maxQueryMemory() {
            return config.maxQueryMemory();
        }
    }
}
