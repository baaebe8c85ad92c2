package io.pentameter.aggregation.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.kit.problem.Problem.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolReaderTest {

    private static final String GOOD = """
            {"name":"Vectors","kind":"vector_store","amountUsd":"1250.50","period":"month","from":"2026-11-01","to":"2026-12-01",
             "driver":{"kind":"metered","measure":"retrieval_milliseconds"},"target":"feature","then":"tokens","capacity":"5000"}""";

    @Test
    void whatIsStoredIsReadAsItWas() throws JsonProcessingException {
        List<Fault> faults = new ArrayList<>();

        Pool.Terms terms = new PoolReader("", faults)
                .read(new ObjectMapper().readValue(GOOD, PoolBody.class))
                .orElseThrow();

        assertThat(SqlPools.definition(terms))
                .isEqualTo(
                        "{\"name\":\"Vectors\",\"kind\":\"vector_store\",\"amountUsd\":\"1250.5\",\"period\":\"month\","
                                + "\"from\":\"2026-11-01\",\"to\":\"2026-12-01\",\"driver\":{\"kind\":\"metered\","
                                + "\"measure\":\"retrieval_milliseconds\"},\"target\":\"feature\",\"then\":\"tokens\","
                                + "\"capacity\":\"5000\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"1250.50\" | -1 | /amountUsd | 0 or more",
                "\"1250.50\" | \"1e4000\" | /amountUsd | at most 60 digits",
                "\"1250.50\" | 2000000000 | /amountUsd | at most 1000000000",
                "\"1250.50\" | \"0.0000000001\" | /amountUsd | at most 9 digits",
                "\"1250.50\" | null | /amountUsd | is required",
                "vector_store | vectors | /kind | must be one of [vector_store",
                "month | year | /period | must be one of [day, month]",
                "2026-11-01 | 2026-11-31 | /from | must be a day",
                "2026-12-01 | 2026-11-01 | /to | must be after from",
                "retrieval_milliseconds | watts | /driver/measure | must be one of [requests",
                "metered | dice | /driver/kind | must be one of [metered",
                "metered | fixed | /driver/weights | must name 1 to 1000",
                "metered | idle | /capacity | needs a driver",
                "\"feature\" | \"team\" | /target | is not known: 'team'",
                "\"5000\" | 0 | /capacity | must be above 0"
            })
    void eachWrongPartIsNamedWithWhatIsAllowed(String good, String bad, String pointer, String reason)
            throws JsonProcessingException {
        List<Fault> faults = new ArrayList<>();

        assertThat(new PoolReader("", faults)
                        .read(new ObjectMapper().readValue(GOOD.replace(good, bad), PoolBody.class)))
                .isEmpty();

        assertThat(faults).anySatisfy(fault -> {
            assertThat(fault.pointer()).isEqualTo(pointer);
            assertThat(fault.detail()).contains(reason);
        });
    }

    @Test
    void aTableOfPoolsNamesItsRowsAndIsReadAsAWholeOrNotAtAll() {
        List<Fault> faults = new ArrayList<>();

        new PoolCsv(faults).read("""
                name,kind,amount_usd,period,from,to,driver,measure,weights,target,then,capacity
                Logs,logging,12.5,day,2026-11-01,,metered,input_bytes,,,,
                Desk,labour,NaN,month,2026-11-01,,fixed,,search=2;chat=1,feature,,
                Rack,idle_capacity,"1,000",month,2026-11-01,,,,,,,
                """);

        assertThat(faults).extracting(Fault::pointer).containsExactly("/rows/3/amount_usd", "/rows/4/amount_usd");
    }

    @Test
    void importingTheSameTableAgainChangesNothing() {
        List<Fault> faults = new ArrayList<>();
        List<Pool.Terms> terms = new PoolCsv(faults).read("""
                name,kind,amount_usd,period,from,driver,measure,weights,target
                Logs,logging,12.5,day,2026-11-01,metered,input_bytes,,
                Desk,labour,9000,month,2026-11-01,fixed,,search=2;chat=1,feature
                """);
        PoolChanges.Author author = new PoolChanges.Author("p", Instant.parse("2026-11-21T12:00:00Z"));

        PoolChanges.Import first = PoolChanges.of(List.of(), terms, "acme", author);
        PoolChanges.Import second = PoolChanges.of(first.all(), terms, "acme", author);

        assertThat(faults).isEmpty();
        assertThat(first.changed()).hasSize(2).isEqualTo(first.all());
        assertThat(second.changed()).isEmpty();
        assertThat(second.all()).isEqualTo(first.all());
    }
}
