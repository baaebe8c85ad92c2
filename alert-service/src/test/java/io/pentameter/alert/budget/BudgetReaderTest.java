package io.pentameter.alert.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.kit.problem.Problem.Fault;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetReaderTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void whatIsLeftOutTakesItsDefault() {
        BudgetDefinition read = good("{\"name\":\"All\",\"amount_usd\":\"100\"}");

        assertThat(read.scope()).isEmpty();
        assertThat(read.each()).isNull();
        assertThat(read.period()).isEqualTo(Period.MONTH);
        assertThat(read.zone().getId()).isEqualTo("Z");
        assertThat(read.thresholds())
                .containsExactlyElementsOf(
                        Stream.of("0.5", "0.8", "1").map(BigDecimal::new).toList());
        assertThat(read.policy()).isEqualTo(new Policy(new BigDecimal("0.8"), null, null, null, true));
        assertThat(read.projection()).isTrue();
        assertThat(read.destinations()).containsExactly("*");
    }

    @Test
    void whatIsReadIsWrittenAndReadAgainAlike() {
        BudgetDefinition read = good("""
                {"name":"Each","scope":{"feature":"search","environment":"prod"},"each":"customer","period":"day",
                 "time_zone":"Europe/Berlin","amount_usd":0.000000001,"thresholds":[1,0.50,0.5],
                 "policy":{"warn_at":0.7,"degrade_at":0.9,"degrade_to":"small","block_at":1,"when_stale":"block"}}""");

        assertThat(read.thresholds()).hasSize(2);
        assertThat(BudgetBody.of(read).amountUsd()).isEqualTo("0.000000001");
        assertThat(BudgetReader.read(BudgetBody.of(read))).isEqualTo(new BudgetReader.Outcome.Read(read));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "0.0000000001", "1000000001", "1e400", "NaN", "many", ""})
    void anAmountThatIsNoMoneyIsRefusedWithItsValue(String amount) {
        List<Fault> faults = bad("{\"name\":\"x\",\"amount_usd\":\"%s\"}".formatted(amount));

        assertThat(faults).hasSize(1);
        assertThat(faults.getFirst().pointer()).isEqualTo("/amount_usd");
        assertThat(faults.getFirst().detail()).contains("above 0", amount);
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        List<Fault> faults = bad("""
                {"scope":{"session":"s","customer":""},"each":"route","period":"year","time_zone":"Atlantis",
                 "thresholds":[0,null,11],"policy":{"degrade_at":0.5,"when_stale":"perhaps"}}""");

        assertThat(faults)
                .extracting(Fault::pointer)
                .containsExactlyInAnyOrder(
                        "/name",
                        "/scope",
                        "/scope/customer",
                        "/each",
                        "/period",
                        "/time_zone",
                        "/amount_usd",
                        "/thresholds/0",
                        "/thresholds/1",
                        "/thresholds/2",
                        "/policy/when_stale",
                        "/policy");
    }

    @Test
    void eachOfADimensionThatIsFixedMakesNoSense() {
        List<Fault> faults =
                bad("{\"name\":\"x\",\"amount_usd\":1,\"scope\":{\"customer\":\"a\"},\"each\":\"customer\"}");

        assertThat(faults).extracting(Fault::pointer).containsExactly("/each");
    }

    private static BudgetDefinition good(String json) {
        assertThat(BudgetReader.read(body(json))).isInstanceOf(BudgetReader.Outcome.Read.class);
        return ((BudgetReader.Outcome.Read) BudgetReader.read(body(json))).definition();
    }

    private static List<Fault> bad(String json) {
        assertThat(BudgetReader.read(body(json))).isInstanceOf(BudgetReader.Outcome.Refused.class);
        return ((BudgetReader.Outcome.Refused) BudgetReader.read(body(json))).faults();
    }

    private static BudgetBody body(String json) {
        try {
            return JSON.readValue(json, BudgetBody.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
