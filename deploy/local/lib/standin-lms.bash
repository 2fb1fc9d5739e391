# The stand-in for Open edX's image, one for each release. Needs debs.bash.
# shellcheck shell=bash

STANDIN_LMS=$BUILD/standin-lms        # ulmo.tar, teak.tar

standin_lms_ready() { # RELEASE: built and in the cluster
  (only_one standin-lms; standin_lms_current "$1" || standin_lms_make)
  load_once "$STANDIN_LMS/$1.tar" "standin-lms-$1"
}

standin_lms_current() { [[ $(standin_lms_stamp) == $(cat "$STANDIN_LMS/$1.tar.stamp" 2>/dev/null) ]]; }

standin_lms_stamp() { # of all that the images are made from; the same in each checkout
  (cd "$REPOSITORY" && find deploy/images/{pack.py,debian.bash,standin-lms} -type f -print0 | sort -z | xargs -0 sha256sum) | sha256sum | cut -c1-16
}

standin_lms_make() {
  IMAGE_CACHE=$BUILD/runner stage "build the stand-ins for Open edX's image" "$REPOSITORY/deploy/images/standin-lms/build" "$STANDIN_LMS"
  standin_lms_stamp | tee "$STANDIN_LMS/ulmo.tar.stamp" >"$STANDIN_LMS/teak.tar.stamp"
}
