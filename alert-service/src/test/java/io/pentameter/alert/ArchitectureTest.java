package io.pentameter.alert;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.pentameter.alert.store.SystemTransactions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;

@AnalyzeClasses(packages = "io.pentameter.alert", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule featuresDoNotFormCycles = slices().matching("io.pentameter.alert.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a feature must be readable, and removable, on its own");

    @ArchTest
    static final ArchRule onlyAdaptersKnowTheFramework = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(\\w+(Resource|Consumer|Publisher|Client|Config|Job|Check|Metrics)"
                    + "|(Postgres|Kafka|Http|System)\\w+)(\\$.*)?")
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
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .because("a test must be able to choose the time; ask an injected InstantSource");

    @ArchTest
    static final ArchRule adaptersStayInTheirFeature = classes()
            .that()
            .haveNameMatching(".*(Resource|Consumer|Publisher|Job)")
            .should()
            .notBePublic()
            .because("nobody else may call them");

    @ArchTest
    static final ArchRule onlyJobsSeeAllTenants = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(\\w+Job|System\\w+)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(SystemTransactions.class)
            .because("whatever serves a caller must be confined to the caller's tenant");
}
