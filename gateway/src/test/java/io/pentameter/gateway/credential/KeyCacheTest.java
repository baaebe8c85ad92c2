package io.pentameter.gateway.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class KeyCacheTest {

    private static final StoredKey KEY = StoredKeyTest.key(null, null, false, false);
    private static final StoredKey REVOKED = StoredKeyTest.key(null, null, true, false);

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private final List<CompletableFuture<Optional<StoredKey>>> asked = new ArrayList<>();
    private final KeyCache cache = new KeyCache(
            _ -> {
                CompletableFuture<Optional<StoredKey>> answer = new CompletableFuture<>();
                asked.add(answer);
                return answer;
            },
            () -> now,
            new KeyCache.Ages(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofMinutes(15)),
            3,
            2);

    @Test
    void aKnownKeyIsThereAtOnceAndAsksNobody() {
        known(KEY);

        assertThat(cache.find("key_1")).isCompletedWithValue(Optional.of(KEY));
        assertThat(asked).hasSize(1);
    }

    @Test
    void anOldOneIsStillUsedWhileItIsReadAnew() {
        known(KEY);
        now = now.plusSeconds(2);

        assertThat(cache.find("key_1")).isCompletedWithValue(Optional.of(KEY));
        assertThat(cache.find("key_1")).isCompletedWithValue(Optional.of(KEY));
        assertThat(asked).hasSize(2);
        asked.getLast().complete(Optional.of(REVOKED));

        assertThat(cache.find("key_1")).isCompletedWithValue(Optional.of(REVOKED));
    }

    @Test
    void oneThatIsTooOldIsNotUsedBeforeItIsReadAnew() {
        known(KEY);
        now = now.plusSeconds(4);

        CompletableFuture<Optional<StoredKey>> found = cache.find("key_1");
        assertThat(found).isNotDone();
        asked.getLast().complete(Optional.of(REVOKED));

        assertThat(found).isCompletedWithValue(Optional.of(REVOKED));
    }

    @Test
    void whileTheStoreIsAwayAKnownKeyStaysKnownForAWhile() {
        known(KEY);
        now = now.plusSeconds(60);

        CompletableFuture<Optional<StoredKey>> found = cache.find("key_1");
        asked.getLast().completeExceptionally(new IllegalStateException("away"));
        assertThat(found).isCompletedWithValue(Optional.of(KEY));

        now = now.plus(Duration.ofMinutes(14));
        found = cache.find("key_1");
        asked.getLast().completeExceptionally(new IllegalStateException("away"));
        assertThat(found).isCompletedExceptionally();
    }

    @Test
    void aChangeOnThisNodeIsSeenAtOnceEvenIfALookupIsUnderWay() {
        known(KEY);
        now = now.plusSeconds(3);
        var _ = cache.find("key_1");

        cache.evict("key_1");
        asked.getLast().complete(Optional.of(KEY));
        CompletableFuture<Optional<StoredKey>> found = cache.find("key_1");

        assertThat(found).isNotDone();
        asked.getLast().complete(Optional.of(REVOKED));
        assertThat(cache.find("key_1")).isCompletedWithValue(Optional.of(REVOKED));
    }

    @Test
    void anUnknownIdIsRememberedToo() {
        var _ = cache.find("key_1");
        asked.getLast().complete(Optional.empty());

        assertThat(cache.find("key_1")).isCompletedWithValue(Optional.empty());
        assertThat(asked).hasSize(1);
    }

    @Test
    void aFloodOfInventedIdsDoesNotReachTheStore() {
        for (int i = 0; i < 100; i++) {
            var _ = cache.find("key_" + i);
        }

        assertThat(asked).hasSize(2);
        assertThat(cache.find("key_x")).isCompletedExceptionally();
        asked.getFirst().complete(Optional.empty());
        assertThat(cache.find("key_x")).isNotDone();
    }

    @Test
    void manyWhoAskForTheSameWaitForOneLookup() {
        CompletableFuture<Optional<StoredKey>> first = cache.find("key_1");
        CompletableFuture<Optional<StoredKey>> second = cache.find("key_1");

        asked.getFirst().complete(Optional.of(KEY));

        assertThat(asked).hasSize(1);
        assertThat(first).isCompletedWithValue(Optional.of(KEY));
        assertThat(second).isCompletedWithValue(Optional.of(KEY));
    }

    @Test
    void agesMustNotDecrease() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new KeyCache.Ages(Duration.ofSeconds(5), Duration.ofSeconds(4), Duration.ofMinutes(1)))
                .withMessage("ages must not decrease: PT5S, PT4S, PT1M");
    }

    private void known(StoredKey key) {
        var _ = cache.find("key_1");
        asked.getLast().complete(Optional.of(key));
    }
}
