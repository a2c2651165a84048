package dev.polyphony.launcher.run;

import dev.polyphony.experiment.RecipeCatalogue;
import dev.polyphony.launcher.broker.Cluster;
import dev.polyphony.launcher.process.CoreUse;
import dev.polyphony.launcher.process.JavaCommand;
import java.util.ArrayList;
import java.util.List;

/** The command lines of the services, for one request. */
public final class Services {

    private final Installation installation;
    private final RunRequest request;
    private final String suffix;
    private final String heap;

    /**
     * For a request.
     *
     * @param suffix of the processes' names, by which they differ from those of other launchers; may be empty
     */
    public Services(Installation installation, RunRequest request, String suffix) {
        this.installation = installation;
        this.request = request;
        this.suffix = suffix;
        this.heap = Heap.of(RecipeCatalogue.find(request.recipe()));
    }

    /** Trains one member of the ensemble; needs no broker. */
    public JavaCommand training(int member) {
        String name = "train-member-" + member + suffix;
        List<String> arguments = common(name);
        arguments.add("--polyphony.teacher.role=train");
        arguments.add("--polyphony.teacher.member=" + member);
        return service(name, Module.TEACHER, request.threads().service(), CoreUse.SHARED, arguments);
    }

    /** Draws and perturbs minibatches. */
    public JavaCommand perturb(Cluster cluster) {
        return service(Module.PERTURB, request.threads().service(), CoreUse.SHARED, cluster, List.of());
    }

    /** Adds the ensemble's logits. */
    public JavaCommand teach(Cluster cluster) {
        return service(
                Module.TEACHER,
                request.threads().service(),
                CoreUse.SHARED,
                cluster,
                List.of("--polyphony.teacher.role=serve"));
    }

    /** The trainer, which in a replay has the cores nearly to itself. */
    public JavaCommand trainer(Cluster cluster, boolean replay) {
        return service(
                Module.STUDENT,
                request.threads().trainer(),
                replay ? CoreUse.ALONE : CoreUse.SHARED,
                cluster,
                List.of());
    }

    /**
     * The evaluator: scores may come late, minibatches not.
     *
     * @param ensembleOptional whether the student is scored alone if its ensemble no longer exists
     */
    public JavaCommand evaluator(Cluster cluster, boolean ensembleOptional) {
        return service(
                Module.EVALUATOR,
                request.threads().service(),
                CoreUse.LEFT_OVER,
                cluster,
                List.of("--polyphony.ensemble-optional=" + ensembleOptional));
    }

    /** Measures what figures show of a finished run; needs no broker. */
    JavaCommand analyse() {
        List<String> arguments = common("analyse");
        arguments.add("--polyphony.mode=analyse");
        return service("analyse", Module.EVALUATOR, request.threads().trainer(), CoreUse.ALONE, arguments);
    }

    private JavaCommand service(Module module, int threads, CoreUse cores, Cluster cluster, List<String> more) {
        String name = module.artifact + suffix;
        List<String> arguments = common(name);
        arguments.addAll(cluster.serviceArguments());
        arguments.addAll(more);
        return service(name, module, threads, cores, arguments);
    }

    private JavaCommand service(String name, Module module, int threads, CoreUse cores, List<String> arguments) {
        return new JavaCommand(
                name, installation.classPath(module.artifact), module.mainClass, heap, threads, cores, arguments);
    }

    private List<String> common(String name) {
        return new ArrayList<>(List.of(
                "--polyphony.recipe=" + request.recipe(),
                "--polyphony.store=" + request.work().store(),
                "--polyphony.data=" + request.data(),
                "--polyphony.replica=0",
                "--polyphony.port-file=" + request.work().port(name),
                "--polyphony.parent-pid=" + ProcessHandle.current().pid(),
                "--server.port=0"));
    }

    /** The services by name: the launcher starts them, but does not know their code. */
    private enum Module {
        PERTURB("perturb-service", "dev.polyphony.perturb.PerturbApplication"),
        TEACHER("teacher-service", "dev.polyphony.teacher.TeacherApplication"),
        STUDENT("student-trainer", "dev.polyphony.student.StudentApplication"),
        EVALUATOR("evaluator", "dev.polyphony.evaluator.EvaluatorApplication");

        private final String artifact;
        private final String mainClass;

        Module(String artifact, String mainClass) {
            this.artifact = artifact;
            this.mainClass = mainClass;
        }
    }
}
