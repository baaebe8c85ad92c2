package io.pentameter.ingest.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.contracts.v1.RedactionPattern;
import io.pentameter.contracts.v1.RedactionRules;
import io.pentameter.contracts.v1.TenantConfigRecord;
import io.pentameter.contracts.v1.TenantProfile;
import io.pentameter.ingest.payload.PayloadMode;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class TenantTableTest {

    @Test
    void aTenantThatHasSetNothingHasTheStandardSettings() {
        assertThat(TenantTable.EMPTY.of("acme")).isSameAs(TenantSettings.STANDARD);
    }

    @Test
    void eachKindOfSettingIsSetAndWithdrawnApart() {
        TenantTable set = TenantTable.EMPTY
                .change()
                .put(profile())
                .put(redaction("x[0-9]+"))
                .table();
        TenantTable withdrawn = set.change().remove("acme/redaction").table();

        assertThat(set.of("acme").payloadMode()).isEqualTo(PayloadMode.MASKED);
        assertThat(set.of("acme").isSuspended()).isTrue();
        assertThat(set.of("acme").redactor().redact("x1 203.0.113.7 a@b.org", new HashSet<>()))
                .isEqualTo("[mine] 203.0.113.7 [email]");
        assertThat(set.of("other")).isSameAs(TenantSettings.STANDARD);
        assertThat(withdrawn.of("acme").redactor().redact("x1 203.0.113.7", new HashSet<>()))
                .isEqualTo("x1 [ip]");
        assertThat(withdrawn.of("acme").isSuspended()).isTrue();
        assertThat(set.change().remove("acme/tenant").table().of("acme").isSuspended())
                .isFalse();
    }

    @Test
    void aPatternThatIsNoneIsLeftOutAndTheOthersStand() {
        TenantTable table = TenantTable.EMPTY.change().put(redaction("x[0-9")).table();

        assertThat(table.of("acme").redactor().redact("x1 a@b.org", new HashSet<>()))
                .isEqualTo("x1 [email]");
    }

    private static TenantConfigRecord profile() {
        return TenantConfigRecord.newBuilder()
                .setTenant("acme")
                .setKind("tenant")
                .setProfile(TenantProfile.newBuilder().setPayloadMode("masked").setSuspended(true))
                .build();
    }

    private static TenantConfigRecord redaction(String regex) {
        return TenantConfigRecord.newBuilder()
                .setTenant("acme")
                .setKind("redaction")
                .setRedaction(RedactionRules.newBuilder()
                        .addDisabled("ip")
                        .addPatterns(
                                RedactionPattern.newBuilder().setName("mine").setRegex(regex)))
                .build();
    }
}
