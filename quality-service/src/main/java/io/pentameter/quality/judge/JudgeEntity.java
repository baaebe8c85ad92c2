package io.pentameter.quality.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A row of the table judge. */
@Entity
@Table(name = "judge")
class JudgeEntity {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Id
    @Column(name = "id")
    String id;

    @Column(name = "tenant", updatable = false)
    String tenant;

    @Column(name = "name")
    String name;

    @Column(name = "rubric")
    String rubric;

    @Column(name = "rubric_version")
    int rubricVersion;

    @Column(name = "model")
    String model;

    @Column(name = "endpoint")
    String endpoint;

    @Column(name = "sealed_key")
    @Nullable
    String sealedKey;

    @Column(name = "input_nano_usd", precision = 20, scale = 6)
    BigDecimal inputNanoUsd;

    @Column(name = "output_nano_usd", precision = 20, scale = 6)
    BigDecimal outputNanoUsd;

    @Column(name = "daily_budget_nano_usd")
    long dailyBudgetNanoUsd;

    @Column(name = "target")
    String target;

    @Column(name = "features")
    String features;

    @Column(name = "enabled")
    boolean enabled;

    @Column(name = "created_at", updatable = false)
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    static JudgeEntity of(Judge judge) {
        JudgeEntity entity = new JudgeEntity();
        entity.id = judge.id();
        entity.tenant = judge.tenant();
        entity.createdAt = judge.createdAt();
        entity.take(judge);
        return entity;
    }

    /** Takes over everything that may change. */
    void take(Judge judge) {
        name = judge.name();
        rubric = judge.rubric();
        rubricVersion = judge.rubricVersion();
        model = judge.model();
        endpoint = judge.endpoint().toString();
        sealedKey = judge.sealedKey();
        inputNanoUsd = judge.price().input();
        outputNanoUsd = judge.price().output();
        dailyBudgetNanoUsd = judge.dailyBudgetNanoUsd();
        target = judge.target().word();
        features = written(judge.features());
        enabled = judge.enabled();
        updatedAt = judge.updatedAt();
    }

    Judge toJudge() {
        return new Judge(
                id,
                tenant,
                name,
                rubric,
                rubricVersion,
                model,
                URI.create(endpoint),
                sealedKey,
                new TokenPrice(inputNanoUsd, outputNanoUsd),
                dailyBudgetNanoUsd,
                Judge.Target.valueOf(target.toUpperCase(Locale.ROOT)),
                read(features),
                enabled,
                createdAt,
                updatedAt);
    }

    static Set<String> read(String features) {
        try {
            return JSON.readValue(features, new TypeReference<Set<String>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("judge.features is no JSON array", e);
        }
    }

    private static String written(Set<String> features) {
        try {
            return JSON.writeValueAsString(new TreeSet<>(features));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a set of words is always JSON", e);
        }
    }
}
