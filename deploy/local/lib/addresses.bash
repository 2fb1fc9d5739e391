# The addresses of the one-node cluster. They are fixed: certificates, kubeconfigs and the routes of the machine name
# them, and a test may, too. That is why there is one cluster per machine. All are private ranges that neither kind,
# Docker nor k3s takes by default.
# shellcheck shell=bash disable=SC2034
INTERFACE=openedx-ops0              # the machine's end of the veth pair
HOST_IP=10.250.0.1                  # the machine as pods see it: host.internal
NODE_IP=10.250.0.2                  # API server, kubelet, DNS, NodePorts; also what the machine sees pods come from
LINK_PREFIX=24
POD_CIDR=10.244.0.0/24
SERVICE_CIDR=10.96.0.0/16
KUBERNETES_IP=10.96.0.1             # first of SERVICE_CIDR, by Kubernetes' own rule
NODE_NAME=node1
CGROUP=/openedx-ops                 # parent of all pods' cgroups, in every hierarchy
