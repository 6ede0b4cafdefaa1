package dev.morgana.cli.verb.image;

import java.util.List;

/** The verbs that tell what is installed and what an image is, and make images. */
public final class ImageVerbs {
    /** In the order in which help shows them. */
    public static final List<Class<?>> ALL = List.of(
            FormatsVerb.class,
            DriversVerb.class,
            IdentifyVerb.class,
            CreateVerb.class,
            ConvertVerb.class,
            RekeyVerb.class,
            InfoVerb.class);

    private ImageVerbs() {}
}
