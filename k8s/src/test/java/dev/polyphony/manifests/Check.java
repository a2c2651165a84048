package dev.polyphony.manifests;

import java.util.List;

/** Something that can be asked of manifests. */
interface Check {

    /** One sentence for each thing that is wrong; it begins with the object's kind and name. */
    List<String> problems(Rendering rendering);
}
