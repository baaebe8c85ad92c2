package io.pentameter.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.pentameter.gateway.database.PostgresSystemTransactions;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.UUID;

@AnalyzeClasses(packages = "io.pentameter.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** What touches the world says so in its name. */
    private static final String ADAPTER =
            ".*\\.(\\w+(Resource|Consumer|Publisher|Client|Config|Job|Check|Entity)|(Postgres|Kafka|Http)\\w+)(\\$.*)?";

    @ArchTest
    static final ArchRule featuresDoNotFormCycles = slices().matching("io.pentameter.gateway.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a feature must be readable, and removable, on its own");

    @ArchTest
    static final ArchRule onlyAdaptersKnowTheFramework = noClasses()
            .that()
            .haveNameNotMatching(ADAPTER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..",
                    "io.smallrye..",
                    "io.vertx..",
                    "io.micrometer..",
                    "jakarta..",
                    "org.eclipse.microprofile..",
                    "org.hibernate..",
                    "org.apache.kafka..",
                    "java.sql..")
            .because(
                    "a rule must run in a plain unit test, and a reader must see from the name what touches the world");

    @ArchTest
    static final ArchRule timeIsHandedIn = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .because("a test must be able to choose the time; ask an injected clock");

    @ArchTest
    static final ArchRule chanceIsHandedIn = noClasses()
            .that()
            .haveNameNotMatching(".*\\.ChanceConfig(\\$.*)?")
            .should()
            .callMethod(UUID.class, "randomUUID")
            .because("a test must be able to choose the ids; ask an injected Chance");

    @ArchTest
    static final ArchRule adaptersStayInTheirFeature = classes()
            .that()
            .haveNameMatching(".*(Resource|Consumer|Publisher|Entity)")
            .should()
            .notBePublic()
            .because("nobody else may call them");

    @ArchTest
    static final ArchRule onlyJobsAndSystemClassesSeeAllTenants = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(\\w*System\\w+|\\w+Job)(_\\w+)?(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(PostgresSystemTransactions.class)
            .because("row-level security is worth nothing where it can be stepped round unseen");
}
