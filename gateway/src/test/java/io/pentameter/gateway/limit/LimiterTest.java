package io.pentameter.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pentameter.kit.problem.Problem.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LimiterTest {

    private static final Limits WIDE = new Limits(1000, 100_000, 1_000_000);
    private static final long SECOND = 1_000_000_000L;

    private long now;
    private final Limiter limiter = new Limiter(() -> now, 2, 3);

    @Test
    void aRequestPassesUntilTheBurstOfTheKeyIsUsedUp() {
        Limiter.Account account = limiter.account("key_1", new Limits(2, 100, 100), "acme", WIDE);

        List<Boolean> passed = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            passed.add(account.admit().refused().isEmpty());
        }

        assertThat(passed).isEqualTo(List.of(true, true, true, true, false));
        assertThat(account.admit().refused())
                .contains(new Admission.Exceeded("requests per second", 2, Duration.ofMillis(500)));
        now = SECOND / 2;
        assertThat(account.admit().refused()).isEmpty();
    }

    @Test
    void theTenantsBucketsAreSharedByItsKeysAndBelongToNobodyElse() {
        Limits narrow = new Limits(1000, 10, 1_000_000);
        limiter.account("key_1", WIDE, "acme", narrow).charge(Measure.SPANS, 120);

        Admission sibling = limiter.account("key_2", WIDE, "acme", narrow).admit();

        assertThat(sibling.refused())
                .contains(new Admission.Exceeded("tenant spans per second", 10, Duration.ofMillis(10_100)));
        assertThat(sibling.refused().orElseThrow().sentence())
                .isEqualTo("the limit of 10 tenant spans per second is exceeded; try again in 11 s");
        assertThat(sibling.refused().orElseThrow().reason()).isEqualTo("limit_tenant_spans");
        assertThat(limiter.account("key_3", WIDE, "globex", narrow).admit().refused())
                .isEqualTo(Optional.empty());
    }

    @Test
    void aRefusedRequestCostsNothing() {
        Limits one = new Limits(1, 100, 100);
        Limiter.Account account = limiter.account("key_1", one, "acme", WIDE);
        account.admit();
        account.admit();
        for (int i = 0; i < 100; i++) {
            assertThat(account.admit().refused()).isPresent();
        }

        now = SECOND;

        assertThat(account.admit().refused()).isEmpty();
    }

    @Test
    void theHeadersShowTheScarcerOfKeyAndTenant() {
        Limiter.Account account =
                limiter.account("key_1", new Limits(10, 100, 1000), "acme", new Limits(1000, 50, 1_000_000));
        account.charge(Measure.SPANS, 150);

        Admission admission = account.admit();

        assertThat(admission.policy()).isEqualTo("\"requests\";q=20;w=2, \"spans\";q=100;w=2, \"bytes\";q=2000;w=2");
        assertThat(admission.rateLimit()).isEqualTo("\"requests\";r=20;t=1, \"spans\";r=0;t=2, \"bytes\";r=2000;t=1");
    }

    @Test
    void newLimitsHoldFromTheNextRequestOn() {
        limiter.account("key_1", WIDE, "acme", WIDE).admit();

        Limiter.Account narrowed = limiter.account("key_1", new Limits(1, 1, 1), "acme", WIDE);
        narrowed.charge(Measure.BYTES, 10);

        assertThat(narrowed.admit().refused()).isPresent();
    }

    @Test
    void whoIsIdleIsForgottenBeforeTheMemoryGrows() {
        for (int i = 0; i < 100; i++) {
            limiter.account("key_" + i, WIDE, "tenant-" + i, WIDE);
        }

        assertThat(limiter.size()).isLessThanOrEqualTo(4);
    }

    @Test
    void whoHasDrawnIsNotForgotten() {
        Limiter.Account account = limiter.account("key_1", WIDE, "acme", WIDE);
        account.charge(Measure.BYTES, 100_000_000);
        for (int i = 0; i < 100; i++) {
            limiter.account("key_x" + i, WIDE, "tenant-" + i, WIDE);
        }

        assertThat(limiter.account("key_1", WIDE, "acme", WIDE).admit().refused())
                .isPresent();
    }

    @Test
    void limitsBelowOneAreRefusedWithTheirName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Limits(1, 0, 1))
                .withMessage("spansPerSecond must be 1 or more: 0");
        assertThat(new LimitOverrides(null, 0L, 5L).faults("/limits"))
                .isEqualTo(List.of(new Fault("/limits/spansPerSecond", "must be in 1..1000000000000: 0")));
        assertThat(new LimitOverrides(null, 7L, null).over(WIDE)).isEqualTo(new Limits(1000, 7, 1_000_000));
    }

    @Test
    void refusalsAreCountedPerAccountUntilTheyAreTaken() {
        RefusalLedger ledger = new RefusalLedger(1);
        RefusalLedger.Account acme = new RefusalLedger.Account("acme", "key_1", "rate_limited", "/v1/traces");
        ledger.add(acme);
        ledger.add(acme);
        ledger.add(new RefusalLedger.Account("globex", "key_2", "rate_limited", "/v1/traces"));

        assertThat(ledger.take()).isEqualTo(List.of(new RefusalLedger.Entry(acme, 2)));
        assertThat(ledger.take()).isEmpty();
        assertThat(ledger.overflow()).isEqualTo(1);
    }
}
