#!/bin/bash
# What is asked for, without values: one of them is a client's secret.
echo "stand-in: manage.py $1 ${2:-}"
