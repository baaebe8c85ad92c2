package io.pentameter.stack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "io.pentameter.stack", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesDoNotFormCycles = slices().matching("io.pentameter.stack.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a package must be readable, and removable, on its own");

    @ArchTest
    static final ArchRule nobodyNeedsTheTop = noClasses()
            .that()
            .resideInAPackage("io.pentameter.stack.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.pentameter.stack")
            .because("tests of other modules use the engines without the stack");

    @ArchTest
    static final ArchRule childrenNeedTheJdkOnly = noClasses()
            .that()
            .resideInAPackage("io.pentameter.stack.child")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("io.pentameter.stack.child", "java..", "org.jspecify..")
            .because("a child process has nothing else of ours on its class path");

    @ArchTest
    static final ArchRule timeIsHandedIn = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .because("a test must be able to choose the time; ask an InstantSource");
}
