package io.pentameter.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.LocalDateTime;

@AnalyzeClasses(packages = "io.pentameter.ingest", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule featuresDoNotFormCycles = slices().matching("io.pentameter.ingest.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a feature must be readable, and removable, on its own");

    @ArchTest
    static final ArchRule onlyAdaptersKnowTheFramework = noClasses()
            .that()
            .haveNameNotMatching(
                    ".*\\.(\\w+(Resource|Consumer|Publisher|Client|Config|Job|Check)|(Kafka|Http|Postgres)\\w+)(\\$.*|_.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..",
                    "io.smallrye..",
                    "io.vertx..",
                    "jakarta..",
                    "org.eclipse.microprofile..",
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
            .callMethod(System.class, "currentTimeMillis")
            .because("a test must be able to choose the time; ask an injected clock");

    @ArchTest
    static final ArchRule adaptersStayInTheirFeature = classes()
            .that()
            .haveNameMatching(".*(Resource|Consumer|Publisher)")
            .should()
            .notBePublic()
            .because("nobody else may call them");
}
